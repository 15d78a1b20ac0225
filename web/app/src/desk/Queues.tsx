import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { BoardQueue } from '../api/shapes';
import { VirtualList } from '../look/VirtualList';
import { useNow } from '../look/useNow';
import { isLang } from '../text/lookup';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useDeskState, useNames } from './DeskContext';
import type { Next } from './useNext';

const TICK = 10_000;

/** The queues that the adviser serves, longest wait first. */
export function Queues({ next }: { next: Next }) {
  const { t } = useText();
  const { board, boardAt } = useDeskState();
  const now = useNow(TICK);
  const since = Math.max(0, now - boardAt);
  const queues = [...(board?.queues ?? [])].sort((a, b) => b.longest_wait_s - a.longest_wait_s);
  return (
    <section className={css.part}>
      <h2 tabIndex={-1} data-focus="queues">
        {t('desk.queues.title')}
      </h2>
      {board && queues.length === 0 && <p className={css.muted}>{t('desk.queues.none')}</p>}
      <ul className={css.queues}>
        {queues.map((queue) => (
          <Queue key={`${queue.service}/${queue.language}`} queue={queue} since={since} serverNow={(board?.generated_at ?? 0) + since} next={next} />
        ))}
      </ul>
    </section>
  );
}

interface QueueProps {
  queue: BoardQueue;
  /** Milliseconds since the board was made. */
  since: number;
  serverNow: number;
  next: Next;
}

function Queue({ queue, since, serverNow, next }: QueueProps) {
  const { t, span } = useText();
  const names = useNames();
  const [open, setOpen] = useState(false);
  const { service, language, waiting, longest_wait_s: longest } = queue;
  const name = [queue.name, names.lang(language)].filter(Boolean).join(', ');
  if (waiting === 0)
    return (
      <li className={css.quiet}>
        {name}: <span className={css.muted}>{t(queue.open ? 'desk.queues.empty' : 'desk.queues.closed')}</span>
      </li>
    );
  const take = () => void next.take(isLang(language) ? { service, language } : { service });
  return (
    <li className={css.queue}>
      <div className={css.queueHead}>
        <div>
          <p className={css.queueName}>{name}</p>
          <p className={css.queueWaits}>
            {t('desk.queues.waiting', { n: waiting })},{' '}
            {t('desk.queues.longest', { span: span(longest + since / 1_000) })}
            {!queue.open && ` · ${t('desk.queues.closed')}`}
          </p>
        </div>
        <Button variant="secondary" onClick={take} aria-label={t('desk.queues.takeFrom', { name })}>
          {t('desk.queues.take')}
        </Button>
      </div>
      {queue.contacts.length > 0 && (
        <button type="button" className={css.link} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'desk.queues.hide' : 'desk.queues.show')}
        </button>
      )}
      {open && (
        <VirtualList
          items={queue.contacts}
          rowHeight={36}
          maxRows={5}
          label={name}
          className={css.list}
          keyOf={({ contact }) => contact}
          row={({ contact, since: from, topic, offered }, props) => (
            <button {...props} type="button" className={css.pick} onClick={() => void next.pick(contact)}>
              {t(topic ? 'desk.queues.pickTopic' : 'desk.queues.pick', { span: span((serverNow - from) / 1_000), topic: names.topic(service, topic) })}
              {offered && ` (${t('desk.queues.offered')})`}
            </button>
          )}
        />
      )}
    </li>
  );
}
