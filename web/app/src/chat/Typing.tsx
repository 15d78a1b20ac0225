import { useEffect, useRef, useState } from 'react';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

interface Props {
  active: boolean;
  name: string | undefined;
  /** Count of messages so far: read out once for each answer, not at every pause of the writer. */
  answers: number;
}

/** That the adviser is writing: visible as long as it lasts, read out once. */
export function Typing({ active, name, answers }: Props) {
  const { t } = useText();
  const told = useRef(-1);
  const [spoken, setSpoken] = useState('');
  const text = name ? t('chat.typingNamed', { name }) : t('chat.typing');

  useEffect(() => {
    if (!active || told.current === answers) return;
    told.current = answers;
    setSpoken(text);
    const clear = setTimeout(() => setSpoken(''), 1_000);
    return () => clearTimeout(clear);
  }, [active, answers, text]);

  return (
    <div className={css.typing}>
      <p aria-hidden="true">{active && text}</p>
      <p role="status" className="unseen">
        {spoken}
      </p>
    </div>
  );
}
