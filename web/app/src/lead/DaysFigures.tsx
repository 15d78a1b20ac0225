import type { DaysReport, ReportRow, ReportTable } from '../api/shapes';
import { BarChart } from '../look/BarChart';
import chart from '../look/chart.module.css';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { nothing } from './days';

/** What came of the day or the week at a glance, and each breakdown as a chart with its table. */
export function DaysFigures({ report }: { report: DaysReport }) {
  const { t } = useText();
  const told = useTold();
  const { arrived, answered, left, median, ninety } = report;
  const lines = [
    { id: 'arrived', value: told(arrived) },
    { id: 'answered', value: told(answered) },
    { id: 'left', value: told(left) },
    { id: 'median', value: median || t('lead.report.withheld') },
    { id: 'ninety', value: ninety || t('lead.report.withheld') },
  ] as const;
  return (
    <>
      <dl className={css.facts}>
        {lines.map(({ id, value }) => (
          <div key={id}>
            <dt>{t(`lead.counts.${id}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={page.pair}>
        {report.tables.map((table) => (
          <Breakdown key={table.by} table={table} />
        ))}
      </div>
    </>
  );
}

/** A count as it is told. */
function useTold(): (row: ReportRow) => string {
  const { t, number } = useText();
  return ({ count, suppressed }) => {
    if (!suppressed) return number(count);
    return count > 0 ? t('lead.report.atLeast', { n: number(count) }) : t('lead.report.withheld');
  };
}

function Breakdown({ table: { by, rows } }: { table: ReportTable }) {
  const { t } = useText();
  const told = useTold();
  const caption = t(`lead.report.captions.${by}`);
  const bars = rows.map((row) => ({ id: row.value, label: row.label, told: told(row), n: row.count, atLeast: row.suppressed }));
  return (
    <figure className={chart.figure}>
      <figcaption>
        <h3>{caption}</h3>
      </figcaption>
      {nothing(rows) ? (
        <p>{t('lead.report.leftOut')}</p>
      ) : (
        <>
          <BarChart label={caption} bars={bars} />
          <details>
            <summary>{t('lead.counts.table', { caption })}</summary>
            <TableBox caption={caption}>
              <thead>
                <tr>
                  <th scope="col">{t(`lead.report.by.${by}`)}</th>
                  <th scope="col" className={css.number}>
                    {t('lead.report.count')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.value}>
                    <th scope="row">{row.label}</th>
                    <td className={css.number}>{told(row)}</td>
                  </tr>
                ))}
              </tbody>
            </TableBox>
          </details>
        </>
      )}
    </figure>
  );
}
