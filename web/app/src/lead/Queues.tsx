import { Fragment, useCallback, useState } from 'react';
import { call } from '../api/client';
import type { BoardQueue } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { TableBox } from '../look/TableBox';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useLead, useQueueName } from './LeadContext';
import { WaitingList } from './WaitingList';

/** Who waits and how long, the longest wait first. Empty queues are told together. */
export function Queues() {
  const { t } = useText();
  const { overview } = useLead();
  const topics = useTopics();
  const [open, setOpen] = useState<string | null>(null);
  const waiting = overview.queues.filter((queue) => queue.waiting > 0).sort((a, b) => b.longest_wait_s - a.longest_wait_s);
  return (
    <section className={page.part} aria-labelledby="lead-queues">
      <h2 id="lead-queues">{t('lead.queues.title')}</h2>
      {waiting.length === 0 && <p>{t('lead.queues.empty')}</p>}
      {waiting.length > 0 && (
        <TableBox caption={t('lead.queues.caption')}>
          <thead>
            <tr>
              <th scope="col">{t('lead.queues.queue')}</th>
              <th scope="col" className={css.number}>
                {t('lead.queues.waiting')}
              </th>
              <th scope="col" className={css.number}>
                {t('lead.queues.longest')}
              </th>
              <th scope="col">{t('lead.queues.action')}</th>
            </tr>
          </thead>
          <tbody>
            {waiting.map((queue) => {
              const key = `${queue.service}/${queue.language}`;
              const shown = open === key;
              return (
                <Fragment key={key}>
                  <QueueRow queue={queue} open={shown} onOpen={() => setOpen(shown ? null : key)} />
                  {shown && (
                    <tr>
                      <td colSpan={4}>
                        <WaitingList queue={queue} topics={topics} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </TableBox>
      )}
    </section>
  );
}

function QueueRow({ queue, open, onOpen }: { queue: BoardQueue; open: boolean; onOpen: () => void }) {
  const { t, span, number } = useText();
  const { overview, now } = useLead();
  const name = useQueueName()(queue.service, queue.language);
  const action = t(open ? 'lead.queues.hide' : 'lead.queues.show');
  return (
    <tr>
      <th scope="row">
        {name} {!queue.open && <span className={css.tag}>{t('lead.queues.closed')}</span>}
      </th>
      <td className={css.number}>{number(queue.waiting)}</td>
      <td className={css.number}>{span(queue.longest_wait_s + (now - overview.generated_at) / 1_000)}</td>
      <td>
        <button type="button" className={page.act} aria-expanded={open} aria-label={t('lead.queues.of', { action, name })} onClick={onOpen}>
          {action}
        </button>
      </td>
    </tr>
  );
}

/** Names of topics by their ids. Without them the waits are still shown. */
function useTopics(): ReadonlyMap<string, string> {
  const { lang } = useText();
  const load = useCallback(() => call('get', '/api/desk/options', { query: { lang } }), [lang]);
  const { data } = useLoad(load);
  return new Map(data?.services.flatMap(({ id, topics }) => topics.map((topic) => [`${id}/${topic.id}`, topic.name])));
}
