import { useCallback } from 'react';
import { call } from '../api/client';
import type { DyingGroup } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { StaffFrame } from '../staff/StaffFrame';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { Alarms } from './Alarms';
import { planOf } from './destruction';
import { Dying } from './Dying';
import { Later } from './Later';

/** What will be destroyed, when, and under which sentence of which notice. */
export default function DestructionPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/officer" title={t('staff.areas.destruction')}>
      <h1>{t('staff.areas.destruction')}</h1>
      <p>{t('officer.destruction.text')}</p>
      <p>{t('officer.destruction.moved')}</p>
      <Alarms />
      <Loaded />
    </StaffFrame>
  );
}

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/officer/destruction', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  if (data.buckets.length === 0) return <p>{t('officer.destruction.empty')}</p>;
  const { tonight, later } = planOf(data.buckets, data.today);
  return (
    <>
      <Tonight today={data.today} buckets={tonight} next={later[0]?.day} />
      <Later today={data.today} buckets={later} />
    </>
  );
}

interface TonightProps {
  today: string;
  buckets: readonly DyingGroup[];
  next: string | undefined;
}

/** The first question: what dies tonight. */
function Tonight({ today, buckets, next }: TonightProps) {
  const { t, lang } = useText();
  return (
    <section className={page.part} aria-labelledby="tonight">
      <h2 id="tonight">{t('officer.destruction.tonight')}</h2>
      {buckets.length > 0 ? (
        <Dying caption={t('officer.destruction.tonightCaption', { day: formatDay(lang, today) })} today={today} buckets={buckets} />
      ) : (
        <p>
          {t('officer.destruction.nothing')} {next && t('officer.destruction.next', { day: formatDay(lang, next) })}
        </p>
      )}
    </section>
  );
}
