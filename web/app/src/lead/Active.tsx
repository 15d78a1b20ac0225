import { Fragment, useEffect, useRef, useState } from 'react';
import type { Overview } from '../api/shapes';
import { TableBox } from '../look/TableBox';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useLead, useQueueName } from './LeadContext';
import { Reassign } from './Reassign';

type Item = Overview['active'][number];

const PAGE = 50;
/** A reply that takes longer is set in bold. */
const SLOW = 180;

/** Contacts that advisers serve now; who has waited longest for a reply comes first. */
export function Active() {
  const { t, number } = useText();
  const { overview, say } = useLead();
  const [shown, setShown] = useState(PAGE);
  const heading = useRef<HTMLHeadingElement>(null);
  const [moving, setMoving] = useMoving(overview.active, () => {
    say(t('lead.reassign.gone'));
    heading.current?.focus();
  });
  const items = [...overview.active].sort((a, b) => (a.waiting_since ?? Infinity) - (b.waiting_since ?? Infinity) || a.started_at - b.started_at);
  const rest = items.length - shown;
  const done = () => {
    setMoving(null);
    heading.current?.focus();
  };
  return (
    <section className={page.part} aria-labelledby="lead-active">
      <h2 id="lead-active" ref={heading} tabIndex={-1}>
        {t('lead.active.title')}
      </h2>
      {items.length === 0 && <p>{t('lead.active.empty')}</p>}
      {items.length > 0 && (
        <TableBox caption={t('lead.active.caption')}>
          <thead>
            <tr>
              <th scope="col">{t('lead.queues.queue')}</th>
              <th scope="col">{t('lead.active.adviser')}</th>
              <th scope="col" className={css.number}>
                {t('lead.active.started')}
              </th>
              <th scope="col" className={css.number}>
                {t('lead.active.waits')}
              </th>
              <th scope="col">{t('lead.active.citizen')}</th>
              <th scope="col">{t('lead.queues.action')}</th>
            </tr>
          </thead>
          <tbody>
            {items.slice(0, shown).map((item) => (
              <Fragment key={item.contact}>
                <Row item={item} onMove={() => setMoving(item)} />
                {moving?.contact === item.contact && (
                  <tr>
                    <td colSpan={6}>
                      <Reassign contact={item.contact} from={item.adviser.id} onDone={done} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </TableBox>
      )}
      {rest > 0 && (
        <button type="button" className={page.act} onClick={() => setShown(shown + PAGE)}>
          {t('staff.more', { n: number(rest) })}
        </button>
      )}
    </section>
  );
}

function Row({ item, onMove }: { item: Item; onMove: () => void }) {
  const { t, span } = useText();
  const { now } = useLead();
  const queue = useQueueName()(item.service, item.lang);
  const lasted = span((now - item.started_at) / 1_000);
  const waits = item.waiting_since ? (now - item.waiting_since) / 1_000 : 0;
  const name = t('lead.active.row', { queue, adviser: item.adviser.name, span: lasted });
  return (
    <tr>
      <th scope="row">{queue}</th>
      <td>{item.adviser.name}</td>
      <td className={css.number}>{lasted}</td>
      <td className={css.number}>{item.waiting_since ? <span className={waits > SLOW ? css.strong : ''}>{span(waits)}</span> : t('lead.active.answered')}</td>
      <td>{t(item.citizen_present ? 'lead.active.present' : 'lead.active.left')}</td>
      <td>
        <button type="button" className={page.act} aria-label={t('lead.active.moveOf', { name })} onClick={onMove}>
          {t('lead.active.move')}
        </button>
      </td>
    </tr>
  );
}

/** The contact that is being moved. It is told when that ended or went elsewhere in the meantime. */
function useMoving(active: readonly Item[], onGone: () => void): [Item | null, (item: Item | null) => void] {
  const [moving, setMoving] = useState<Item | null>(null);
  const gone = moving !== null && !active.some(({ contact, adviser }) => contact === moving.contact && adviser.id === moving.adviser.id);
  const tell = useRef(onGone);
  useEffect(() => {
    tell.current = onGone;
  });
  useEffect(() => {
    if (gone) tell.current();
  }, [gone]);
  return [gone ? null : moving, setMoving];
}
