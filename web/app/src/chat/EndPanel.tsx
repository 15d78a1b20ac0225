import { useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../api/useAct';
import { FocusedHeading } from '../look/Focused';
import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

interface Props {
  waiting: boolean;
  onEnd: () => Promise<void>;
  onClear: () => void;
}

/** Ending at any time, asked once more in place. */
export function EndPanel({ waiting, onEnd, onClear }: Props) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  const act = useAct();

  useEffect(() => {
    if (asked.current && !asking) opener.current?.focus();
    asked.current = asking;
  }, [asking]);

  if (!asking)
    return (
      <Button ref={opener} variant="secondaryNoBorder" className={css.endOpener} onClick={() => setAsking(true)}>
        {t(waiting ? 'chat.end.leaveQueue' : 'chat.end.open')}
      </Button>
    );
  return (
    <section className={css.end} aria-labelledby="end-title">
      <FocusedHeading level={2}>
        <span id="end-title">{t(waiting ? 'chat.end.askQueue' : 'chat.end.ask')}</span>
      </FocusedHeading>
      <p>{t(waiting ? 'chat.end.explainQueue' : 'chat.end.explain')}</p>
      <Failure problem={act.problem} />
      <Button className={css.wide} onClick={() => void act.run(onEnd)}>
        {t(waiting ? 'chat.end.leaveQueue' : 'chat.end.open')}
      </Button>
      <Button className={css.wide} variant="secondary" onClick={onClear}>
        {t('chat.end.endAndClear')}
      </Button>
      <Button className={css.wide} variant="secondaryNoBorder" onClick={() => setAsking(false)}>
        {t('chat.end.goOn')}
      </Button>
    </section>
  );
}
