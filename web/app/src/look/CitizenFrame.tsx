import type { ReactNode } from 'react';
import { boot } from '../boot';
import { useText } from '../text/TextProvider';
import css from './frame.module.css';
import { LangMenu } from './LangMenu';

/** The citizen's page: who serves, in which language, one thing in the middle, the small print below. */
export function CitizenFrame({ children }: { children: ReactNode }) {
  const { t, lang } = useText();
  const { base, names, authority } = boot();
  return (
    <div className={css.page}>
      <a className={css.skip} href="#main">
        {t('shared.skip')}
      </a>
      <header className={css.head}>
        <a className={css.authority} href={`${base}/?lang=${lang}`}>
          {names[lang] ?? authority}
        </a>
        <LangMenu />
      </header>
      <main id="main" className={css.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={css.foot}>
        <ul>
          <li>
            <a href={`${base}/?lang=${lang}`}>{t('shared.services')}</a>
          </li>
          <li>
            <a href={`${base}/notices/?lang=${lang}`}>{t('shared.notices')}</a>
          </li>
          <li>
            <a href={`${base}/copy-request?lang=${lang}`}>{t('shared.copy')}</a>
          </li>
          <li>
            <a href={`${base}/accessibility?lang=${lang}`}>{t('shared.accessibility')}</a>
          </li>
        </ul>
      </footer>
    </div>
  );
}
