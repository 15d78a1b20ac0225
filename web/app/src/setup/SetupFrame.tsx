import type { ReactNode } from 'react';
import css from '../look/frame.module.css';
import { LangMenu } from '../look/LangMenu';
import { useTitle } from '../look/useTitle';
import { useText } from '../text/TextProvider';

/** The first start's page: there is no authority yet whose name could stand here. */
export function SetupFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useText();
  useTitle(title, t('setup.title'));
  return (
    <div className={css.page}>
      <a className={css.skip} href="#main">
        {t('shared.skip')}
      </a>
      <header className={css.head}>
        <p className={css.authority}>{t('setup.title')}</p>
        <LangMenu />
      </header>
      <main id="main" className={css.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
