import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useDesk, useDeskState } from './DeskContext';
import { handoverOf } from './handover';

/** What is under way with the contact in hand, and the way out of it. */
export function HandoverNote({ contact }: { contact: string }) {
  const { t } = useText();
  const { desk } = useDesk();
  const { board } = useDeskState();
  const act = useAct();
  const one = handoverOf(board, contact);
  if (!one || one.state === 'given') return <div role="status" />;
  const sender = one.from.id === board?.me.id;
  if (one.state === 'asked' && !sender) return <div role="status" />;
  const told = one.state === 'asked' ? 'asked' : sender ? 'along' : 'with';
  return (
    <div className={css.handover}>
      <div role="status">
        <p>{t(`desk.handover.${told}`, { name: told === 'with' ? one.from.name : one.to.name })}</p>
      </div>
      {sender && (
        <button type="button" className={css.action} onClick={() => void act.run(() => desk.endHandover(contact))}>
          {t(one.state === 'asked' ? 'desk.handover.takeBack' : 'desk.handover.leave')}
        </button>
      )}
      <Failure problem={act.problem} />
    </div>
  );
}
