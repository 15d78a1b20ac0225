import { Button } from 'suomifi-ui-components';
import type { Message } from '../api/shapes';
import { FileLink } from '../file/parts';
import type { Line } from '../live/lines';
import { useText } from '../text/TextProvider';
import { Linked } from './Linked';
import css from './log.module.css';
import { type Offer, offerOf } from './offer';
import { OfferCard } from './OfferCard';
import { eventText, senderOf } from './told';

interface Props {
  line: Line;
  /** The newest of the citizen's own lines: the only one that tells how far it has come. */
  last: boolean;
  onRetry: (clientId: string) => void;
  onDrop: (clientId: string) => void;
  onOffer?: ((offer: Offer) => void) | undefined;
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
