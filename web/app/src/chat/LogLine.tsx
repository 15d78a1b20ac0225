import { Button } from 'suomifi-ui-components';
import type { Message } from '../api/shapes';
import { FileLink } from '../file/parts';
import type { Line } from '../live/lines';
import type { Key } from '../text/lookup';
import { type Translate, useText } from '../text/TextProvider';
import { Linked } from './Linked';
import css from './log.module.css';
import { type Offer, offerOf } from './offer';
import { OfferCard } from './OfferCard';

interface Props {
  line: Line;
  /** The newest of the citizen's own lines: the only one that tells how far it has come. */
  last: boolean;
  onRetry: (clientId: string) => void;
  onDrop: (clientId: string) => void;
  onOffer?: ((offer: Offer) => void) | undefined;
}

/** What a citizen is told of a contact's own events; the rest are the desk's business. */
const TOLD: Partial<Record<NonNullable<Message['event']>, Key>> = {
  started: 'chat.events.started',
  taken: 'chat.events.taken',
  passed: 'chat.events.passed',
  queued: 'chat.events.queued',
  returned: 'chat.events.returned',
  adviser_gone: 'chat.events.adviser_gone',
  closed: 'chat.events.closed',
  reopened: 'chat.events.reopened',
};

const toldOf = ({ event }: Message) => event && TOLD[event];

export function isShown({ message }: Line): boolean {
  if (message.from === 'note') return false;
  return message.from !== 'event' || toldOf(message) !== undefined;
}

/** One line: who, when, what, in its own language. */
export function LogLine({ line, last, onRetry, onDrop, onOffer }: Props) {
  const { t, time } = useText();
  const { message, progress, pending } = line;
  const offer = offerOf(message);
  if (message.from === 'event') return <EventLine message={message} />;
  return (
    <li className={css[message.from]}>
      <p className={css.meta}>
        <b>{senderOf(message, t)}</b> <time dateTime={new Date(message.at).toISOString()}>{time(message.at)}</time>
      </p>
      {offer ? (
        <OfferCard offer={offer} lang={message.lang || undefined} onChoose={onOffer} />
      ) : (
        message.text !== '' && (
          <p className={css.text} lang={message.lang || undefined}>
            {message.from === 'adviser' ? <Linked text={message.text} /> : message.text}
          </p>
        )
      )}
      {message.file && <FileLink n={message.n} file={message.file} />}
      {progress && (
        <p className={css.progress} aria-live="off">
          {(last || progress === 'refused' || progress === 'sending') && t(`chat.progress.${progress}`)}
        </p>
      )}
      {pending?.refused !== undefined && <Refused reason={pending.refused} onRetry={() => onRetry(line.key)} onDrop={() => onDrop(line.key)} />}
    </li>
  );
}

function EventLine({ message }: { message: Message }) {
  const { t, time } = useText();
  return (
    <li className={css.event}>
      {eventText(message, t)} <time dateTime={new Date(message.at).toISOString()}>{time(message.at)}</time>
    </li>
  );
}

interface RefusedProps {
  reason: string;
  onRetry: () => void;
  onDrop: () => void;
}

function Refused({ reason, onRetry, onDrop }: RefusedProps) {
  const { t } = useText();
  return (
    <div className={css.refused}>
      <p>{reason}</p>
      <Button variant="secondary" onClick={onRetry}>
        {t('shared.retry')}
      </Button>
      <Button variant="secondaryNoBorder" onClick={onDrop}>
        {t('chat.drop')}
      </Button>
    </div>
  );
}

export function senderOf({ from, name }: Message, t: Translate): string {
  if (from === 'citizen') return t('chat.you');
  return name ? t('chat.adviserNamed', { name }) : t('chat.adviser');
}

export function eventText({ event, name, text }: Message, t: Translate): string {
  const key = event && TOLD[event];
  if (!key) return text;
  if (event === 'passed' && name) return t('chat.events.passedTo', { name });
  if (event === 'taken' && name) return t('chat.events.takenBy', { name });
  return t(key);
}
