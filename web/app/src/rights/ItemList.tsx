import { useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { CopyDecision, CopyItem, RightsDraft } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { handle } from '../desk/handle';
import { Item } from './Item';
import own from './rights.module.css';

interface Props {
  id: string;
  items: readonly CopyItem[];
  grounds: RightsDraft['grounds'];
  /** The copy is finished: nothing can be decided any more. */
  fixed: boolean;
  onDecided: (say: string) => void;
}

/** Every datum that was found, each with its decision. After one the next that waits is at hand. */
export function ItemList({ id, items, grounds, fixed, onDecided }: Props) {
  const { t } = useText();
  const list = useRef<HTMLElement>(null);
  const [open, setOpen] = useState<{ n: number; is: 'covered' | 'left_out' } | null>(null);
  const act = useAct();
  const undecided = items.filter(({ decision }) => decision === 'undecided');
  const toNext = (after = 0) => {
    const next = undecided.find(({ n }) => n > after) ?? undecided[0];
    list.current?.querySelector<HTMLElement>(`[data-n="${next?.n ?? 0}"] button`)?.focus();
  };
  const decide = (n: number, body: CopyDecision) =>
    void act.run(async () => {
      await call('put', '/api/unit/requests/{request}/items/{n}', { at: { request: id, n: String(n) }, body });
      setOpen(null);
      toNext(n);
      onDecided(t('rights.items.saved', { n, decision: t(`rights.items.decisions.${body.decision}`) }));
    });
  const contacts = [...new Set(items.map(({ contact }) => contact))];
  return (
    <section ref={list} className={page.part} aria-labelledby="items">
      <h2 id="items">{t('rights.items.title')}</h2>
      {!fixed && (
        <>
          <p>{t('rights.items.text')}</p>
          <div className={css.row}>
            <p className={css.strong}>{undecided.length > 0 ? t('rights.items.undecided', { n: undecided.length }) : t('rights.items.decided')}</p>
            {undecided.length > 0 && (
              <Button variant="secondary" onClick={() => toNext()}>
                {t('rights.items.next')}
              </Button>
            )}
          </div>
        </>
      )}
      <Failure problem={act.problem} />
      {contacts.map((contact) => (
        <div key={contact} className={page.part}>
          <h3>{t('rights.items.contact', { id: handle(contact) })}</h3>
          <ul className={own.items}>
            {items
              .filter((item) => item.contact === contact)
              .map((item) => (
                <Item key={item.n} item={item} grounds={grounds} fixed={fixed} open={open?.n === item.n ? open.is : null} onOpen={(is) => setOpen(is && { n: item.n, is })} onDecide={(body) => decide(item.n, body)} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
