import { type Lang, LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';
import css from './frame.module.css';

/** Each language under its own name; these are names, not texts to translate. */
const NAMES: Record<Lang, string> = { fi: 'Suomi', sv: 'Svenska', en: 'English' };

export function LangMenu() {
  const { t, lang, setLang } = useText();
  return (
    <nav aria-label={t('shared.language')}>
      <ul className={css.langs}>
        {LANGS.map((each) => (
          <li key={each}>
            <button
              type="button"
              lang={each}
              aria-current={each === lang ? 'true' : undefined}
              onClick={() => setLang(each)}
            >
              {NAMES[each]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
