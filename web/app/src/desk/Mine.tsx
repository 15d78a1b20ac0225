import { memo } from 'react';
import type { BoardContact } from '../api/shapes';
import { type RowProps, VirtualList } from '../look/VirtualList';
import { useNow } from '../look/useNow';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useDeskState, useNames } from './DeskContext';
import { handoverOf } from './handover';
import { isClosed, openFirst } from './order';

const TICK = 10_000;

/** My contacts, each with what it waits for. */
export function Mine({ onSelect }: { onSelect: (contact: string) => void }) {
  const { t } = useText();
  const { board, boardAt, selected, open } = useDeskState();
  const now = useNow(TICK);
  // Told in the server's time: a desk computer's clock may be wrong.
  const serverNow = board ? board.generated_at + Math.max(0, now - boardAt) : 0;
  const mine = openFirst(board?.mine ?? []);
  const hasDraft = (contact: string) => {
    const drafts = open.get(contact)?.drafts;
    return drafts !== undefined && (drafts.reply !== '' || drafts.note !== '');
  };
  const givenBy = (contact: string) => {
    const one = handoverOf(board, contact);
    return one?.state === 'given' && one.to.id === board?.me.id ? one.from.name : undefined;
  };
  return (
    <section className={css.part}>
      <h2>{t('desk.mine.title')}</h2>
      {board?.mine.length === 0 && <p className={css.muted}>{t('desk.mine.empty')}</p>}
      <VirtualList
        items={mine}
        rowHeight={66}
        maxRows={4}
        label={t('desk.mine.title')}
        className={css.list}
        keyOf={({ contact }) => contact}
        row={(item, props) => (
          <Row item={item} props={props} now={serverNow} draft={hasDraft(item.contact)} given={givenBy(item.contact)} current={item.contact === selected} onSelect={onSelect} />
        )}
      />
    </section>
  );
}

interface RowOwn {
  item: BoardContact;
  props: RowProps;
  now: number;
  draft: boolean;
  /** Who passed it here, until it has been looked at. */
  given: string | undefined;
  current: boolean;
  onSelect: (contact: string) => void;
}

const Row = memo(function Row({ item, props, now, draft, given, current, onSelect }: RowOwn) {
  const { t } = useText();
  const names = useNames();
  const topic = names.topic(item.service, item.topic);
  return (
    <button {...props} type="button" className={css.row} aria-current={current || undefined} onClick={() => onSelect(item.contact)}>
      <span className={css.rowTop}>
        <b>{names.contact(item.contact)}</b>
        {item.unread > 0 && !isClosed(item) && <span className={css.unread}>{t('desk.mine.unread', { n: item.unread })}</span>}
      </span>
      <span className={css.rowLine}>
        {[names.lang(item.lang), topic, names.service(item.service)].filter(Boolean).join(' · ')}
      </span>
      <span className={css.rowLine}>
        {item.along ? t('desk.handover.row') : <Waits item={item} now={now} />}
        {given && <b> · {t('desk.handover.given', { name: given })}</b>}
        {draft && <i> · {t('desk.mine.draft')}</i>}
      </span>
    </button>
  );
});

function Waits({ item, now }: { item: BoardContact; now: number }) {
  const { t, span } = useText();
  if (isClosed(item)) return t('desk.mine.closed');
  if (!item.citizen_present) return <b>{t('desk.mine.left')}</b>;
  if (!item.waiting_since) return t('desk.mine.answered');
  return t('desk.mine.waits', { span: span((now - item.waiting_since) / 1_000) });
}
