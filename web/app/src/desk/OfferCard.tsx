import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { Board } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { useNow } from '../look/useNow';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useDesk, useDeskState, useNames } from './DeskContext';
import type { Next } from './useNext';

type Offer = NonNullable<Board['offer']>;

/** A contact that the program offers this adviser alone, and what became of the last offer that was not taken. */
export function OfferCard({ next }: { next: Next }) {
  const { t } = useText();
  const { board } = useDeskState();
  const [declined, setDeclined] = useState(false);
  const passed = usePassed(board);
  const off = board?.me.presence === 'busy' && declined;
  return (
    <>
      {/* The region stays, so that what comes into it is read out. */}
      <div role="alert" className={board?.offer ? css.offer : ''}>
        {board?.offer && <Offered key={board.offer.contact} offer={board.offer} next={next} onDecline={() => setDeclined(true)} />}
      </div>
      <p role="status" className={passed || off ? css.offerGone : 'unseen'}>
        {passed && t('desk.offer.passed')}
        {off && t('desk.offer.declined')}
      </p>
    </>
  );
}

function Offered({ offer, next, onDecline }: { offer: Offer; next: Next; onDecline: () => void }) {
  const { t, span } = useText();
  const { desk } = useDesk();
  const { board } = useDeskState();
  const names = useNames();
  const act = useAct();
  const waited = ((board?.generated_at ?? 0) - offer.since) / 1_000;
  const decline = async () => {
    await desk.setPresence('busy');
    onDecline();
  };
  return (
    <>
      <h2>{t('desk.offer.title')}</h2>
      <p>
        {t('desk.offer.what', { service: names.service(offer.service), lang: names.lang(offer.lang), span: span(waited) })}
        {offer.topic && ` ${names.topic(offer.service, offer.topic)}.`}
      </p>
      <TimeLeft until={offer.until} />
      <Button fullWidth onClick={() => void next.pick(offer.contact)} data-focus="offer">
        {t('desk.offer.take')}
      </Button>
      <button type="button" className={css.link} onClick={() => void act.run(decline)}>
        {t('desk.offer.decline')}
      </button>
      <Failure problem={act.problem} />
    </>
  );
}

/** Counts down in sight only: a number that changes each second would be read out each second. */
function TimeLeft({ until }: { until: number }) {
  const { t, span } = useText();
  const { board, boardAt } = useDeskState();
  const now = useNow(1_000);
  const serverNow = (board?.generated_at ?? 0) + Math.max(0, now - boardAt);
  return (
    <p aria-hidden="true" className={css.muted}>
      {t('desk.offer.left', { span: span((until - serverNow) / 1_000) })}
    </p>
  );
}

/** Whether an offer went to the next and its adviser is away for it, until they say that they are back. */
function usePassed(board: Board | null): boolean {
  const [before, setBefore] = useState(board);
  const [passed, setPassed] = useState(false);
  if (board !== before) {
    setBefore(board);
    if (board?.me.presence !== 'away') setPassed(false);
    else if (before?.offer && !board.offer) setPassed(true);
  }
  return passed;
}
