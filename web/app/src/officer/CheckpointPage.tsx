import { useCallback } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import { useLoad } from '../api/useLoad';
import { CopyButton } from '../look/CopyButton';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { saveFile } from '../look/saveFile';
import { StaffFrame } from '../staff/StaffFrame';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { Alarms } from './Alarms';

/** The signed head of the audit log, with the key that verifies it, and what needs a person. */
export default function CheckpointPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/officer/checkpoint" title={t('staff.areas.checkpoint')}>
      <h1>{t('staff.areas.checkpoint')}</h1>
      <p>{t('officer.checkpoint.text')}</p>
      <Alarms told />
      <Loaded />
      <How />
    </StaffFrame>
  );
}

function Loaded() {
  const { t, number } = useText();
  const { data, problem, reload } = useLoad(useCallback(() => call('get', '/api/officer/checkpoint'), []));
  if (problem?.key === 'audit-no-checkpoint' || problem?.key === 'audit-empty') return <p>{t('officer.checkpoint.none')}</p>;
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  const { origin, size, hash, key, note } = data;
  return (
    <section className={css.card} aria-labelledby="checkpoint">
      <h2 id="checkpoint">{t('officer.checkpoint.note')}</h2>
      <dl className={css.facts}>
        <dt>{t('officer.checkpoint.origin')}</dt>
        <dd>{origin}</dd>
        <dt>{t('officer.checkpoint.size')}</dt>
        <dd>{number(size)}</dd>
        <dt>{t('officer.checkpoint.hash')}</dt>
        <dd className={css.code}>{hash}</dd>
        <dt>{t('officer.checkpoint.key')}</dt>
        <dd>
          <span className={css.code}>{key}</span>
        </dd>
      </dl>
      <pre className={css.code}>{note}</pre>
      <div className={css.row}>
        <Button onClick={() => saveFile(`${t('officer.checkpoint.file')}-${size}.txt`, note, 'text/plain;charset=utf-8')}>{t('officer.checkpoint.save')}</Button>
        <CopyButton text={key} label={t('officer.checkpoint.copyKey')} />
      </div>
    </section>
  );
}

function How() {
  const { t } = useText();
  return (
    <section className={page.part} aria-labelledby="how">
      <h2 id="how">{t('officer.checkpoint.how')}</h2>
      <ol className={page.steps}>
        <li>{t('officer.checkpoint.steps.keep')}</li>
        <li>{t('officer.checkpoint.steps.verify')}</li>
        <li>{t('officer.checkpoint.steps.compare')}</li>
      </ol>
    </section>
  );
}
