import type { ReactNode } from 'react';
import { boot } from '../boot';
import { CitizenFrame } from '../look/CitizenFrame';
import { useKeptFocus } from '../look/useKeptFocus';
import { useText } from '../text/TextProvider';
import css from './embed.module.css';
import { isEmbedded } from './page';

/** What stands around the chat: the site's own head and foot, or next to nothing inside another site. */
export function PageFrame({ children }: { children: ReactNode }) {
  useKeptFocus();
  return isEmbedded() ? <Embedded>{children}</Embedded> : <CitizenFrame>{children}</CitizenFrame>;
}

function Embedded({ children }: { children: ReactNode }) {
  const { t, lang } = useText();
  return (
    <div className={css.page}>
      <main className={css.main} aria-label={t('chat.title')}>{children}</main>
      <footer className={css.foot}>
        <a href={`${boot().base}/accessibility?lang=${lang}`} target="_blank" rel="noreferrer">
          {t('shared.accessibility')} {t('shared.newTab')}
        </a>
      </footer>
    </div>
  );
}
