import { Button, InlineAlert } from 'suomifi-ui-components';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

/** Nothing ends without warning: when the chat will close, and one button to go on. */
export function IdleWarning({ closeAt, onStay }: { closeAt: number; onStay: () => Promise<void> }) {
  const { t, time } = useText();
  const act = useAct();
  return (
    <div role="alert" className={css.stack}>
      <InlineAlert status="warning" labelText={t('chat.idle.title')}>
        {t('chat.idle.text', { time: time(closeAt) })}
      </InlineAlert>
      <Button variant="secondary" className={css.wide} onClick={() => void act.run(onStay)}>
        {t('chat.idle.stay')}
      </Button>
      <Failure problem={act.problem} />
    </div>
  );
}
