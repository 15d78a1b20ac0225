import type { ChatState } from '../api/shapes';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

/** The place in the queue. An estimate is shown only when the server has grounds for one. */
export function Waiting({ state, returned }: { state: ChatState; returned: boolean }) {
  const { t } = useText();
  return (
    <div className={css.waiting}>
      {returned && <p role="alert">{t('chat.waiting.returned')}</p>}
      <div role="status">
        <p>
          <b>{state.position ? t('chat.waiting.position', { n: state.position }) : t('chat.waiting.title')}</b>
        </p>
        {state.estimate_minutes ? <p>{t('chat.waiting.estimate', { n: state.estimate_minutes })}</p> : null}
      </div>
      <p>{t('chat.waiting.write')}</p>
    </div>
  );
}
