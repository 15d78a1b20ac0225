import type { AuditEntry } from '../api/shapes';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useAuditWords } from './useAuditWords';

interface Props {
  entries: readonly AuditEntry[];
  /** The contact that was asked about, which needs no way to itself. */
  about: string;
  /** Names of registers by their ids. */
  registers: ReadonlyMap<string, string>;
  onFollow: (contact: string) => void;
}

/** Entries of the audit log. They never say what the data say. */
export function Entries({ entries, ...rest }: Props) {
  const { t } = useText();
  return (
    <TableBox caption={t('officer.audit.caption')}>
      <thead>
        <tr>
          {(['at', 'who', 'what', 'purpose', 'about', 'outcome', 'leaf'] as const).map((column) => (
            <th key={column} scope="col" className={column === 'leaf' ? css.number : ''}>
              {t(`officer.audit.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, i) => (
          // Entries are only ever added at the end; a new one has no number of its own yet.
          <Row key={i} entry={entry} {...rest} />
        ))}
      </tbody>
    </TableBox>
  );
}

function Row({ entry, about, registers, onFollow }: { entry: AuditEntry } & Omit<Props, 'entries'>) {
  const { t, dateTime, number } = useText();
  const words = useAuditWords();
  const { at, who, kind, role, purpose, action, row = '', notice, outcome, reason, leaf } = entry;
  return (
    <tr>
      <th scope="row">{dateTime(at)}</th>
      <td>
        {who.name}
        {kind === 'staff' && role && <div className={css.muted}>{words.role(role)}</div>}
      </td>
      <td>{words.action(action)}</td>
      <td>{words.purpose(purpose)}</td>
      <td>
        {row && <About row={row} followed={row === about} onFollow={onFollow} />}
        {notice && <div className={css.muted}>{registers.get(notice) ?? notice}</div>}
      </td>
      <td>
        {outcome === 'allowed' ? t('officer.audit.allowed') : <strong>{t('officer.audit.refused', { why: words.outcome(outcome) })}</strong>}
        {reason && <div>{t('officer.audit.reason', { text: words.reason(reason) })}</div>}
      </td>
      <td className={css.number}>{leaf < 0 ? t('officer.audit.pending') : number(leaf)}</td>
    </tr>
  );
}

/** What a row is, by how its id begins. */
function kindOf(row: string): 'contact' | 'request' | 'copy' | 'staff' {
  if (row.startsWith('c_')) return 'contact';
  if (row.startsWith('rq_')) return 'request';
  return row.startsWith('cp_') ? 'copy' : 'staff';
}

/** The row that an entry is about: a contact leads to its own entries. */
function About({ row, followed, onFollow }: { row: string; followed: boolean; onFollow: (contact: string) => void }) {
  const { t } = useText();
  const contact = kindOf(row) === 'contact';
  return (
    <>
      {t(`officer.audit.${kindOf(row)}Row`)} <span className={css.code}>{row}</span>
      {contact && !followed && (
        <div>
          <button type="button" className={page.act} onClick={() => onFollow(row)}>
            {t('officer.audit.follow')}
          </button>
        </div>
      )}
    </>
  );
}
