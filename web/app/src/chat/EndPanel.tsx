import { Button } from 'suomifi-ui-components';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

interface Props {
  waiting: boolean;
  onEnd: () => Promise<void>;
  onClear: () => void;
  onCancel: () => void;
}

/** Ending, asked once more in place. */
export function EndPanel({ waiting, onEnd, onClear, onCancel }: Props) {
  const { t } = useText();
  const act = useAct();
  return (
    <section className={css.end} aria-labelledby="end-title">
      <FocusedHeading level={2} id="end-title">
        {t(waiting ? 'chat.end.askQueue' : 'chat.end.ask')}
      </FocusedHeading>
      <p>{t(waiting ? 'chat.end.explainQueue' : 'chat.end.explain')}</p>
      <Failure problem={act.problem} />
      <div className={css.actions}>
        <Button className={css.wide} onClick={() => void act.run(onEnd)}>
          {t(waiting ? 'chat.end.leaveQueue' : 'chat.end.open')}
        </Button>
        <Button className={css.wide} variant="secondary" onClick={onClear}>
          {t('chat.end.endAndClear')}
        </Button>
        <Button className={css.wide} variant="secondary" onClick={onCancel}>
          {t(waiting ? 'chat.end.stayInQueue' : 'chat.end.goOn')}
        </Button>
      </div>
    </section>
  );
}
