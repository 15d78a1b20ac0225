import type { ThreeTexts } from '../../api/shapes';
import { missing } from '../../lead/threeTexts';
import type { Fault } from '../../look/FaultSummary';
import type { Lang } from '../../text/lookup';
import { useText } from '../../text/TextProvider';

interface Asked {
  /** Begins the fields' names: `names.fi`. */
  name: string;
  label: string;
  texts: ThreeTexts;
}

/** The languages in which texts are not written yet, as faults of a form. */
export function useGaps(asked: readonly Asked[]) {
  const { t } = useText();
  const faults: Fault[] = asked.flatMap(({ name, label, texts }) =>
    missing(texts).map((lang) => ({ name: `${name}.${lang}`, label: t('admin.services.inLang', { label, lang: t(`shared.languages.${lang}`) }), text: t('staff.required') })),
  );
  const of = (langs: readonly Lang[]) => Object.fromEntries(langs.map((lang) => [lang, t('staff.required')]));
  return { faults, of };
}
