import { useText } from '../text/TextProvider';
import type { Lang } from '../text/lookup';

/** The first start has been done by somebody. */
export function Already({ lang }: { lang: Lang }) {
  const { t } = useText();
  return (
    <>
      <h1>{t('setup.already.title')}</h1>
      <p>{t('setup.already.text')}</p>
      <p>
        <a href={`/?lang=${lang}`}>{t('setup.already.home')}</a>
      </p>
    </>
  );
}
