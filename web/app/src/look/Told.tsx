import type { ReactNode } from 'react';
import css from '../staff/staff.module.css';
import page from './page.module.css';

/** Where the outcome of an act is told, in sight and aloud; takes no room until there is one. */
export function Told({ children }: { children: ReactNode }) {
  return (
    <div role="status" className={page.status}>
      {children && <div className={css.done}>{children}</div>}
    </div>
  );
}
