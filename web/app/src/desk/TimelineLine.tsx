import { memo } from 'react';
import type { Message } from '../api/shapes';
import { FileLink } from '../file/parts';
import type { Line } from '../live/lines';
import type { Key } from '../text/lookup';
import { type Translate, useText } from '../text/TextProvider';
import css from './timeline.module.css';

interface Props {
  line: Line;
  /** The first of its day: the date is told once. */
  dated: boolean;
  /** The newest of one's own: the only one that tells how far it has come. */
  last: boolean;
  onRetry?: ((clientId: string) => void) | undefined;
  onDrop?: ((clientId: string) => void) | undefined;
}

const EVENTS: Partial<Record<NonNullable<Message['event']>, Key>> = {
  started: 'desk.timeline.events.started',
  taken: 'desk.timeline.events.taken',
  passed: 'desk.timeline.events.passed',
  queued: 'desk.timeline.events.queued',
  returned: 'desk.timeline.events.returned',
  adviser_gone: 'desk.timeline.events.adviser_gone',
  idle_warning: 'desk.timeline.events.idle_warning',
  citizen_left: 'desk.timeline.events.citizen_left',
  citizen_back: 'desk.timeline.events.citizen_back',
  closed: 'desk.timeline.events.closed',
  reopened: 'desk.timeline.events.reopened',
};

/** One line of the timeline. Lines that have not changed are not drawn again. */
export const TimelineLine = memo(function TimelineLine({ line, dated, last, onRetry, onDrop }: Props) {
  const { t, time, dateTime } = useText();
  const { message, progress, pending } = line;
  const told = progress && (last || progress === 'sending' || progress === 'refused') ? progress : undefined;
  const when = <time dateTime={new Date(message.at).toISOString()}>{dated ? dateTime(message.at) : time(message.at)}</time>;
  if (message.from === 'event')
    return (
      <li className={css.event}>
        {eventText(message, t)} {when}
      </li>
    );
  return (
    <li className={css[message.from]}>
      <p className={css.meta}>
        <b>{writer(message, t)}</b> {when}
        {message.masked && ` · ${t('desk.timeline.masked')}`}
        <span aria-live="off">{told && ` · ${t(`desk.timeline.progress.${told}`)}`}</span>
      </p>
      {message.text !== '' && (
        <p className={css.text} lang={message.lang || undefined}>
          {message.text}
        </p>
      )}
      {message.file && <FileLink n={message.n} file={message.file} />}
      {pending?.refused !== undefined && (
        <p className={css.refused}>
          {pending.refused}{' '}
          <button type="button" onClick={() => onRetry?.(line.key)}>
            {t('shared.retry')}
          </button>
          <button type="button" onClick={() => onDrop?.(line.key)}>
            {t('desk.timeline.drop')}
          </button>
        </p>
      )}
    </li>
  );
}, same);

/** The parts that are drawn; the functions do the same whatever their identity. */
function same(a: Props, b: Props): boolean {
  const { message, progress, pending } = a.line;
  const unchanged = message === b.line.message && progress === b.line.progress && pending === b.line.pending;
  return unchanged && a.last === b.last && a.dated === b.dated;
}

function writer({ from, name, event, client_id: own }: Message, t: Translate): string {
  if (from === 'citizen') return t('desk.timeline.citizen');
  if (event === 'offered') return t('desk.timeline.offered', { name: own ? t('desk.timeline.me') : (name ?? t('desk.timeline.someone')) });
  if (from === 'note') return name && !own ? t('desk.timeline.noteBy', { name }) : t('desk.timeline.note');
  return own ? t('desk.timeline.me') : (name ?? t('desk.timeline.someone'));
}

function eventText({ event, name, text }: Message, t: Translate): string {
  const key = event && EVENTS[event];
  return key ? t(key, { name: name ?? t('desk.timeline.someone') }) : text;
}
