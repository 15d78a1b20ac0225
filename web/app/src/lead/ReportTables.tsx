import { useState } from 'react';
import type { Report, ReportRow, ReportTable } from '../api/shapes';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

const PAGE = 31;

/** One table for each way of counting. */
export function ReportTables({ report }: { report: Report }) {
  return (
    <div className={page.pair}>
      {report.tables.map((table) => (
        <Table key={table.by} table={table} />
      ))}
    </div>
  );
}

function Table({ table: { by, rows } }: { table: ReportTable }) {
  const { t, number } = useText();
  const [shown, setShown] = useState(PAGE);
  const rest = rows.length - shown;
  return (
    <div className={page.part}>
      <TableBox caption={t(`lead.report.captions.${by}`)}>
        <thead>
          <tr>
            <th scope="col">{t(`lead.report.by.${by}`)}</th>
            <th scope="col" className={css.number}>
              {t('lead.report.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td colSpan={2}>{t('lead.report.leftOut')}</td>
            </tr>
          )}
          {rows.slice(0, shown).map((row) => (
            <tr key={row.value}>
              <th scope="row">{row.label}</th>
              <td className={css.number}>
                <Count row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </TableBox>
      {rest > 0 && (
        <button type="button" className={page.act} onClick={() => setShown(shown + PAGE)}>
          {t('staff.more', { n: number(rest) })}
        </button>
      )}
    </div>
  );
}

function Count({ row: { count, suppressed } }: { row: ReportRow }) {
  const { t, number } = useText();
  if (!suppressed) return number(count);
  return <span className={css.muted}>{count > 0 ? t('lead.report.atLeast', { n: number(count) }) : t('lead.report.withheld')}</span>;
}
