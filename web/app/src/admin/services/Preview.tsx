import type { ThreeTexts } from '../../api/shapes';
import own from '../../settings/settings.module.css';
import css from '../../staff/staff.module.css';
import { LANGS } from '../../text/lookup';
import { useText } from '../../text/TextProvider';

/** How citizens will see a service's name and text, in each language beside the others. */
export function Preview({ names, about }: { names: ThreeTexts; about: ThreeTexts }) {
  const { t } = useText();
  return (
    <div className={own.texts}>
      {LANGS.map((lang) => (
        <div key={lang} className={own.seen}>
          <p className={css.muted}>{t(`shared.languages.${lang}`)}</p>
          <p className={css.strong} lang={names[lang] ? lang : undefined}>
            {names[lang] || t('admin.services.texts.missing')}
          </p>
          <p className={own.said} lang={about[lang] ? lang : undefined}>
            {about[lang] || t('admin.services.texts.missing')}
          </p>
        </div>
      ))}
    </div>
  );
}
