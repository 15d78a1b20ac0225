import type { ChatService } from '../api/shapes';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

/** What is kept and how long, in one line, with the notice behind it. */
export function KeepLine({ service }: { service: ChatService }) {
  const { t, lang } = useText();
  const { url, name } = service.notice;
  return (
    <p className={css.keep}>
      {service.keep_line}{' '}
      <a href={withLang(url, lang)} target="_blank" rel="noreferrer">
        {t('chat.start.notice', { name })} <span>{t('shared.newTab')}</span>
      </a>
    </p>
  );
}

function withLang(url: string, lang: string): string {
  return url + (url.includes('?') ? '&' : '?') + `lang=${lang}`;
}
