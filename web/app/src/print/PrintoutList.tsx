import { useRef, useState } from 'react';
import type { Printout } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';

interface Props {
  printouts: readonly Printout[];
  onDestroyed: (one: Printout) => Promise<void>;
  /** Somebody else was first: what is shown is old. */
  onStale: () => void;
}

const COLUMNS = ['number', 'case', 'service', 'made', 'destroyBy', 'state', 'action'] as const;

/** One line for each printout. */
export function PrintoutList({ printouts, onDestroyed, onStale }: Props) {
  const { t } = useText();
  return (
    <TableBox caption={t('desk.printouts.caption', { n: printouts.length })}>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`desk.printouts.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {printouts.map((one) => (
          <Row key={one.id} one={one} onDestroyed={onDestroyed} onStale={onStale} />
        ))}
      </tbody>
    </TableBox>
  );
}

function Row({ one, onDestroyed, onStale }: { one: Printout } & Omit<Props, 'printouts'>) {
  const { t, lang, dateTime } = useText();
  return (
    <tr>
      <th scope="row">{one.number}</th>
      <td>{one.case_number || t('staff.none')}</td>
      <td>
        {one.service.name}, {one.purpose}
      </td>
      <td>{t('desk.printouts.madeBy', { when: dateTime(one.made_at), name: one.by.name || one.by.id })}</td>
      <td>{formatDay(lang, one.destroy_by)}</td>
      <td>
        {one.state === 'overdue' ? <b>{t('desk.printouts.states.overdue')}</b> : t(`desk.printouts.states.${one.state}`)}
        {one.destroyed_at ? ` ${t('desk.printouts.madeBy', { when: dateTime(one.destroyed_at), name: one.destroyed_by?.name || (one.destroyed_by?.id ?? '') })}` : ''}
      </td>
      <td>{one.may_end ? <End one={one} onDestroyed={onDestroyed} onStale={onStale} /> : t('staff.none')}</td>
    </tr>
  );
}

/** Asked once more in place, for it cannot be taken back. */
function End({ one, onDestroyed, onStale }: { one: Printout } & Omit<Props, 'printouts'>) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const act = useAct();
  const turn = (to: boolean) => {
    setAsking(to);
    setTimeout(() => box.current?.querySelector('button')?.focus());
  };
  const n = one.number;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape leaves from every button inside
    <div ref={box} onKeyDown={({ key }) => key === 'Escape' && asking && turn(false)}>
      {asking ? (
        <>
          <p>{t('desk.printouts.sure')}</p>
          <div className={css.row}>
            <button type="button" className={page.act} aria-label={t('desk.printouts.yesOf', { n })} onClick={() => void act.run(() => onDestroyed(one))}>
              {t('desk.printouts.yes')}
            </button>
            <button type="button" className={page.act} onClick={() => turn(false)}>
              {t('staff.cancel')}
            </button>
          </div>
        </>
      ) : (
        <button type="button" className={page.act} aria-label={t('desk.printouts.endOf', { n })} onClick={() => turn(true)}>
          {t('desk.printouts.end')}
        </button>
      )}
      <Failure problem={act.problem} {...(act.problem?.code === 'conflict' ? { onRetry: onStale } : {})} />
    </div>
  );
}
