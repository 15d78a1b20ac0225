import { useCallback, useState } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { Report } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { Pending } from '../look/Pending';
import { saveFile } from '../look/saveFile';
import { StaffFrame } from '../staff/StaffFrame';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { type Countable, WithCountable } from './Countable';
import { csvOf, daysOf, isEmpty, totalOf } from './report';
import { type Asked, firstAsked, ReportForm } from './ReportForm';
import { ReportTables } from './ReportTables';

/** Counted contacts. The counts outlive what they count. */
export default function ReportPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/lead/report" title={t('staff.areas.report')}>
      <h1>{t('staff.areas.report')}</h1>
      <p>{t('lead.report.intro')}</p>
      <WithCountable>{(may) => <Asking {...may} />}</WithCountable>
    </StaffFrame>
  );
}

function Asking({ today, services, all }: Countable) {
  const [asked, setAsked] = useState(() => firstAsked(today, services, all));
  const [byHand, setByHand] = useState(false);
  const ask = (next: Asked) => {
    setByHand(true);
    setAsked(next);
  };
  return (
    <>
      <ReportForm today={today} services={services} all={all} onAsk={ask} />
      <Answer key={`${asked.from} ${asked.to} ${asked.service}`} asked={asked} take={byHand} />
    </>
  );
}

function Answer({ asked, take }: { asked: Asked; take: boolean }) {
  const { lang } = useText();
  const load = useCallback(() => {
    const { from, to, service } = asked;
    return call('get', '/api/report/contacts', { query: { ...daysOf(from, to), ...(service ? { service } : {}) } });
    // The labels come in the page's language: another one is another answer.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked, lang]);
  const { data: report, problem, reload } = useLoad(load);
  if (!report) return <Pending problem={problem} reload={reload} />;
  return <Figures report={report} take={take} />;
}

function Figures({ report, take }: { report: Report; take: boolean }) {
  const { t, lang, number } = useText();
  const total = totalOf(report);
  const save = useSave(report);
  return (
    <section className={page.part} aria-labelledby="report-title">
      <FocusedHeading level={2} id="report-title" take={take}>
        {t('lead.report.title', { from: formatDay(lang, report.from), to: formatDay(lang, report.to) })}
      </FocusedHeading>
      {isEmpty(report) ? (
        <p>
          {t('lead.report.empty')} {t('lead.report.runningLater')}
        </p>
      ) : (
        <>
          <p>{total.n === 0 ? t('lead.report.totalWithheld') : t(total.atLeast ? 'lead.report.totalAtLeast' : 'lead.report.total', { n: number(total.n) })}</p>
          <InlineAlert>{t('lead.report.suppressed', { n: report.suppressed_below, word: t('lead.report.withheld') })}</InlineAlert>
          <p>
            {t('lead.report.runningLater')} {t('lead.report.helpLater')}
          </p>
          <div>
            <button type="button" className={page.act} onClick={save}>
              {t('lead.report.csv')}
            </button>
          </div>
          <ReportTables report={report} />
        </>
      )}
    </section>
  );
}

function useSave(report: Report): () => void {
  const { t } = useText();
  return () => {
    const file = csvOf(report, {
      header: (['breakdown', 'value', 'count', 'note'] as const).map((column) => t(`lead.report.columns.${column}`)),
      breakdown: (by) => t(`lead.report.by.${by}`),
      withheld: t('lead.report.withheld'),
      atLeast: (n) => t('lead.report.atLeast', { n }),
    });
    saveFile(`${t('lead.report.file')}-${report.from}-${report.to}.csv`, file, 'text/csv;charset=utf-8');
  };
}
