import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { Message } from '../api/shapes';
import { LIMIT, lengthOf } from '../live/limit';
import { mask } from '../live/mask';
import { CopyButton } from '../look/CopyButton';
import { TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';
import { canHand, composed, hand, type Offer } from './offer';

interface Props {
  offer: Offer;
  messages: readonly Message[];
  onClose: () => void;
}

/** What the citizen takes along to another service. Nothing is chosen for them, and nothing is sent from here. */
export function TakeAlong({ offer, messages, onClose }: Props) {
  const { t } = useText();
  const mine = messages.filter(({ from }) => from === 'citizen');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [summary, setSummary] = useState('');
  const [gone, setGone] = useState<string | null>(null);
  const end = useRef<() => void>(() => undefined);
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      end.current();
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
  const text = mask(composed(mine.filter(({ n }) => chosen.has(n)).map((each) => each.text), summary));
  const long = lengthOf(text) > LIMIT;

  const choose = (n: number, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(n);
    else next.delete(n);
    setChosen(next);
  };
  const go = (event: SubmitEvent) => {
    event.preventDefault();
    if (long) return;
    end.current();
    if (text !== '' && canHand(offer.url)) end.current = hand(offer.url, text);
    window.open(offer.url, '_blank', 'noopener');
    setGone(text);
  };

  if (gone !== null) return <Gone text={gone} handed={canHand(offer.url)} onClose={onClose} />;
  return (
    <form className={css.end} aria-labelledby="along-title" onSubmit={go} noValidate>
      <FocusedHeading level={2} id="along-title">
        {t('chat.offer.panel', { service: offer.service })}
      </FocusedHeading>
      <p>{t('chat.offer.explain')}</p>
      <fieldset className={css.along}>
        <legend>{t('chat.offer.mine')}</legend>
        {mine.length === 0 && <p>{t('chat.offer.none')}</p>}
        {mine.map(({ n, text: each }) => (
          <label key={n}>
            <input type="checkbox" checked={chosen.has(n)} onChange={({ target }) => choose(n, target.checked)} /> {each}
          </label>
        ))}
      </fieldset>
      <TextField label={t('chat.offer.summary')} rows={3} value={summary} onChange={setSummary} fault={long ? t('chat.offer.long', { max: LIMIT }) : undefined} />
      <div className={css.actions}>
        <Button className={css.wide} type="submit">
          {t('chat.offer.go')}
        </Button>
        <Button className={css.wide} type="button" variant="secondary" onClick={onClose}>
          {t('chat.offer.done')}
        </Button>
      </div>
    </form>
  );
}

/** The other tab is open. Where it could not be given the text, the citizen carries it by hand. */
function Gone({ text, handed, onClose }: { text: string; handed: boolean; onClose: () => void }) {
  const { t } = useText();
  return (
    <section className={css.end} aria-labelledby="along-title">
      <FocusedHeading level={2} id="along-title">
        {t('chat.offer.title')}
      </FocusedHeading>
      {text !== '' && (
        <>
          {handed && <p>{t('chat.offer.opened')}</p>}
          <p>{t('chat.offer.paste')}</p>
          <pre className={css.carried}>{text}</pre>
        </>
      )}
      <div className={css.actions}>
        {text !== '' && <CopyButton text={text} label={t('chat.offer.copy')} />}
        <Button className={css.wide} variant="secondary" onClick={onClose}>
          {t('chat.offer.done')}
        </Button>
      </div>
    </section>
  );
}
