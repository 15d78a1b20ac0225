import { useCallback, useState } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { DaysReport } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { boot } from '../boot';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { Pending } from '../look/Pending';
import { StaffFrame } from '../staff/StaffFrame';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { type Countable, WithCountable } from './Countable';
import { daysOfSpan, nothing, plus, type Span, weekNumber } from './days';
import { DaysFigures } from './DaysFigures';
import { DaysForm } from './DaysForm';

/** A day's or a week's counts, with a chart and a table of each. */
export default function DaysPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/lead/days" title={t('staff.areas.days')}>
      <h1>{t('staff.areas.days')}</h1>
      <p>{t('lead.report.intro')}</p>
      <WithCountable>{(may) => <Asking {...may} />}</WithCountable>
    </StaffFrame>
  );
}

function Asking({ services, today, all }: Countable) {
  const [span, setSpan] = useState<Span | null>(null);
  const [service, setService] = useState<string | null>(null);
  const newest = plus(today, -1); // of a day that runs nothing is told
  const asked = span ?? { kind: 'week', day: newest };
  const of = service ?? (all ? '' : (services[0]?.id ?? ''));
  return (
    <>
      <DaysForm span={asked} newest={newest} service={of} services={services} all={all} onSpan={setSpan} onService={setService} />
      <Answer key={`${asked.kind} ${asked.day} ${of}`} span={asked} service={of} take={span !== null || service !== null} />
    </>
  );
}

function Answer({ span, service, take }: { span: Span; service: string; take: boolean }) {
  const { lang } = useText();
  const { from, to } = daysOfSpan(span);
  const load = useCallback(
    () => call('get', '/api/report/days', { query: { from, to, ...(service ? { service } : {}) } }),
    // The labels come in the page's language: another one is another answer.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [from, to, service, lang],
  );
  const { data, problem, reload } = useLoad(load);
  if (!data) return <Pending problem={problem} reload={reload} />;
  return <Counted report={data} span={span} service={service} take={take} />;
}

function Counted({ report, span, service, take }: { report: DaysReport; span: Span; service: string; take: boolean }) {
  const { t, lang } = useText();
  const { from, to } = report;
  const title =
    span.kind === 'day'
      ? t('lead.counts.ofDay', { day: formatDay(lang, from) })
      : t('lead.counts.ofWeek', { n: weekNumber(from), from: formatDay(lang, from), to: formatDay(lang, to) });
  const query = new URLSearchParams({ from, to, ...(service ? { service } : {}), lang });
  return (
    <section className={page.part} aria-labelledby="days-title">
      <FocusedHeading level={2} id="days-title" take={take}>
        {title}
      </FocusedHeading>
      {report.tables.every(({ rows }) => nothing(rows)) ? (
        <p>
          {t('lead.report.empty')} {t('lead.report.runningLater')}
        </p>
      ) : (
        <>
          <InlineAlert>{t('lead.report.suppressed', { n: report.suppressed_below, word: t('lead.report.withheld') })}</InlineAlert>
          <p>{t('lead.report.runningLater')}</p>
          <p>
            <a href={`${boot().base}/api/report/days.csv?${query.toString()}`} download>
              {t('lead.report.csv')}
            </a>
          </p>
          <DaysFigures report={report} />
        </>
      )}
    </section>
  );
}
