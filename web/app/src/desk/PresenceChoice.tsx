import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useDesk, useDeskState } from './DeskContext';

const STATES = ['present', 'busy', 'away'] as const;

/** One's own presence: shown to colleagues, and a queue gives nothing to one who is away. */
export function PresenceChoice() {
  const { t, number } = useText();
  const { desk } = useDesk();
  const { board } = useDeskState();
  const act = useAct();
  const current = board?.me.presence;
  return (
    <>
      <div role="group" aria-label={t('desk.presence.label')} className={css.presence}>
        {STATES.map((state) => (
          <button key={state} type="button" aria-pressed={state === current} onClick={() => void act.run(() => desk.setPresence(state))}>
            {t(`desk.presence.${state}`)}
          </button>
        ))}
        <Failure problem={act.problem} />
      </div>
      {board && <p className={css.muted}>{t('desk.presence.load', { n: number(board.me.load), most: number(board.me.capacity) })}</p>}
    </>
  );
}
