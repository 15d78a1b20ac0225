import { useAct } from '../api/useAct';
import type { Handover } from '../api/shapes';
import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useDesk, useDeskState, useNames } from './DeskContext';
import { askedOf } from './handover';
import { spelled } from './shortcuts';

/** Contacts that colleagues ask one to take: who asks, why and what about. Nothing of them is open yet. */
export function Handovers({ onTaken }: { onTaken: () => void }) {
  const { t } = useText();
  const { board } = useDeskState();
  const asked = askedOf(board);
  if (asked.length === 0) return null;
  return (
    <section className={css.part} aria-labelledby="handovers">
      <h2 id="handovers">{t('desk.handover.title')}</h2>
      <ul className={css.asks}>
        {asked.map((each, i) => (
          <Ask key={each.contact} one={each} first={i === 0} onTaken={onTaken} />
        ))}
      </ul>
    </section>
  );
}

function Ask({ one, first, onTaken }: { one: Handover; first: boolean; onTaken: () => void }) {
  const { t } = useText();
  const names = useNames();
  const { desk } = useDesk();
  const act = useAct();
  const about = [one.service_name, names.lang(one.lang), names.topic(one.service, one.topic)].filter(Boolean).join(' · ');
  const take = async () => {
    try {
      await desk.accept(one.contact);
      onTaken();
    } finally {
      void desk.loadBoard();
    }
  };
  return (
    <li>
      <p>
        <b>{t('desk.handover.asks', { name: one.from.name })}</b>
      </p>
      <p>{about}</p>
      {one.reason && <p>{t('desk.handover.reason', { reason: t(`desk.handover.reasons.${one.reason}`) })}</p>}
      <p className={css.muted}>{t('desk.handover.unread')}</p>
      <div className={css.actions}>
        <button type="button" className={css.action} aria-keyshortcuts={first ? spelled('accept') : undefined}
          onClick={() => void act.run(take)}>
          {t('desk.handover.accept')}
        </button>
        <button type="button" className={css.action} aria-keyshortcuts={first ? spelled('decline') : undefined}
          onClick={() => void act.run(() => desk.endHandover(one.contact))}>
          {t('desk.handover.decline')}
        </button>
      </div>
      <Failure problem={act.problem} />
    </li>
  );
}
