import type { ReactNode } from 'react';
import { useText } from '../text/TextProvider';
import css from './paper.module.css';

/** What the browser's own printing leaves out: paper says instead how to print for a clarification. */
export function NotOnPaper({ children }: { children: ReactNode }) {
  const { t } = useText();
  return (
    <>
      <p className={css.paper}>{t('staff.notOnPaper')}</p>
      <div className={css.screen}>{children}</div>
    </>
  );
}
