import { useEffect, useState } from 'react';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useDeskState, useNames } from './DeskContext';

const PATIENCE = 2_000;

/** Says what happens beside the contact in view, and how the line is. */
export function Announcer() {
  const { t } = useText();
  const names = useNames();
  const { said, line } = useDeskState();
  const [note, setNote] = useState<'' | 'broken' | 'back'>('');

  useEffect(() => {
    if (line === 'connecting') return;
    const broken = line !== 'open';
    const next = (before: typeof note) => (broken ? 'broken' : before === 'broken' ? 'back' : before);
    const timer = setTimeout(() => setNote(next), broken ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [line]);

  return (
    <>
      <p role="status" className={note === 'broken' ? css.broken : 'unseen'}>
        {note && t(`desk.line.${note}`)}
      </p>
      {/* The region stays and its content is new each time: a region that appears with its text is not read out. */}
      <p role="status" className="unseen">
        {said && <span key={said.id}>{t(`desk.said.${said.what}`, { name: names.contact(said.contact) })}</span>}
      </p>
    </>
  );
}
