import { useState } from 'react';
import type { BoardQueue } from '../api/shapes';
import page from '../look/page.module.css';
import { useText } from '../text/TextProvider';
import leadCss from './lead.module.css';
import { useLead } from './LeadContext';
import { Reassign } from './Reassign';

const PAGE = 20;

interface Props {
  queue: BoardQueue;
  topics: ReadonlyMap<string, string>;
}

/** Everybody in one queue, longest wait first; each can be given to an adviser. */
export function WaitingList({ queue, topics }: Props) {
  const { t, span, number } = useText();
  const { now } = useLead();
  const [shown, setShown] = useState(PAGE);
  const [giving, setGiving] = useState<string | null>(null);
  const rest = queue.contacts.length - shown;
  return (
    <>
      <ol className={leadCss.waits}>
        {queue.contacts.slice(0, shown).map(({ contact, since, topic }) => {
          const name = t(topic ? 'lead.queues.waitedTopic' : 'lead.queues.waited', {
            span: span((now - since) / 1_000),
            topic: topics.get(`${queue.service}/${topic}`) ?? '',
          });
          return (
            <li key={contact}>
              {name}{' '}
              {giving === contact ? (
                <Reassign contact={contact} from="" onDone={() => setGiving(null)} />
              ) : (
                <button type="button" className={page.act} aria-label={t('lead.queues.giveOf', { name })} onClick={() => setGiving(contact)}>
                  {t('lead.queues.give')}
                </button>
              )}
            </li>
          );
        })}
      </ol>
      {rest > 0 && (
        <button type="button" className={page.act} onClick={() => setShown(shown + PAGE)}>
          {t('staff.more', { n: number(rest) })}
        </button>
      )}
    </>
  );
}
