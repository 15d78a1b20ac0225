import { isEmbedded, ownPage } from '../embed/page';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';
import { canKeep } from './saved';

/** Says so when the browser would not let the chat be resumed, before it begins and while it runs. */
export function KeepNote({ begun = false }: { begun?: boolean }) {
  const { t, lang } = useText();
  if (canKeep()) return null;
  return (
    <div className={css.broken}>
      <p>{t('chat.notKept.text')}</p>
      {isEmbedded() && !begun && (
        <a href={ownPage(lang)} target="_blank" rel="noreferrer">
          {t('chat.notKept.ownPage')} {t('shared.newTab')}
        </a>
      )}
    </div>
  );
}
