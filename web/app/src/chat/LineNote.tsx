import { useEffect, useState } from 'react';
import type { LineState } from '../live/line';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

const PATIENCE = 2_000;

/** Says that the line is broken once that has lasted, and that it is back. */
export function LineNote({ line }: { line: LineState }) {
  const { t } = useText();
  const [shown, setShown] = useState<'' | 'broken' | 'back'>('');
  const broken = line === 'broken' || line === 'closed';

  useEffect(() => {
    if (line === 'connecting') return;
    const next = (before: typeof shown) => (broken ? 'broken' : before === 'broken' ? 'back' : before);
    const timer = setTimeout(() => setShown(next), broken ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [line, broken]);

  return (
    <p role="status" className={shown === 'broken' ? css.broken : 'unseen'}>
      {shown === 'broken' && t('chat.line.broken')}
      {shown === 'back' && t('chat.line.back')}
    </p>
  );
}
