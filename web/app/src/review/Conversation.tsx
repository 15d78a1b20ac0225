import { Fragment, type ReactNode } from 'react';
import type { ReviewedLine, ReviewedPiece } from '../api/shapes';
import type { Key } from '../text/lookup';
import { type Translate, useText } from '../text/TextProvider';
import css from './review.module.css';

const EVENTS: Record<NonNullable<ReviewedLine['event']>, Key> = {
  started: 'desk.timeline.events.started',
  taken: 'desk.timeline.events.taken',
  passed: 'desk.timeline.events.passed',
  queued: 'desk.timeline.events.queued',
  adviser_gone: 'desk.timeline.events.adviser_gone',
  idle_warning: 'desk.timeline.events.idle_warning',
  closed: 'desk.timeline.events.closed',
  reopened: 'desk.timeline.events.reopened',
};

/** A pseudonymised conversation. What was hidden says what it was; nobody's name and no clock time is there. */
export function Conversation({ lines }: { lines: readonly ReviewedLine[] }) {
  const { t } = useText();
  return (
    <section aria-label={t('review.contact.log')} className={css.box}>
      {lines.length === 0 && <p>{t('review.contact.empty')}</p>}
      <ol className={css.lines}>
        {lines.map((line) => (
          <li key={line.n} className={css[line.from]}>
            <LineHead line={line} />
            {line.from !== 'event' && <LineText line={line}>{line.pieces.map((piece, i) => shownPiece(piece, i, t))}</LineText>}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function LineHead({ line }: { line: ReviewedLine }) {
  const { t, number } = useText();
  const who = t('review.contact.adviser', { who: line.who ?? '' });
  return (
    <p className={css.meta}>
      {line.from === 'event' ? line.event && t(EVENTS[line.event], { name: who }) : <b>{line.from === 'citizen' ? t('review.contact.citizen') : who}</b>}{' '}
      {t('review.contact.minute', { n: number(line.minute) })}
    </p>
  );
}

export function LineText({ line, children }: { line: ReviewedLine; children: ReactNode }) {
  return (
    <p className={css.text} lang={line.lang || undefined}>
      {children}
    </p>
  );
}

const shownPiece = (piece: ReviewedPiece, key: number, t: Translate) => (
  <Fragment key={key}>{piece.hidden ? <HiddenPiece kind={piece.hidden} t={t} /> : piece.text}</Fragment>
);

interface HiddenProps {
  kind: NonNullable<ReviewedPiece['hidden']>;
  t: Translate;
}

/** What stands where something was hidden, in the page's language. */
export function HiddenPiece({ kind, t }: HiddenProps) {
  return (
    <span className={css.hidden} lang={document.documentElement.lang}>
      <span className="unseen">{t('review.contact.hidden', { what: t(`review.contact.kinds.${kind}`) })}</span>
      <span aria-hidden="true">{t(`review.contact.kinds.${kind}`)}</span>
    </span>
  );
}
