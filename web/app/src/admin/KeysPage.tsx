import { useCallback } from 'react';
import { call } from '../api/client';
import type { KeysStatus } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import { AlarmList, Alarms } from '../officer/Alarms';
import { StaffFrame } from '../staff/StaffFrame';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { ClockPart } from './ClockPart';

/** The state of the keys and of the clock, on which destruction depends. */
export default function KeysPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/admin/keys" title={t('staff.areas.keys')}>
      <h1>{t('staff.areas.keys')}</h1>
      <p>{t('admin.keys.text')}</p>
      <Alarms told />
      <KeysPart />
      <ClockPart />
    </StaffFrame>
  );
}

function KeysPart() {
  const { t, lang, number } = useText();
  const load = useCallback(() => call('get', '/api/admin/keys', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  return (
    <section className={page.part} aria-labelledby="keys">
      <h2 id="keys">{t('admin.keys.title')}</h2>
      {data.stores.length === 0 ? <p>{t('admin.keys.none')}</p> : <Stores stores={data.stores} />}
      <dl className={css.facts}>
        <dt>{t('admin.keys.living')}</dt>
        <dd>
          {number(data.living)} <span className={css.muted}>{t('admin.keys.livingHint')}</span>
        </dd>
        <dt>{t('admin.keys.generation')}</dt>
        <dd>{number(data.generation)}</dd>
      </dl>
      <h3>{t('admin.keys.warnings')}</h3>
      {data.warnings.length === 0 && <p>{t('admin.keys.noWarnings')}</p>}
      <AlarmList alarms={data.warnings} />
    </section>
  );
}

function Stores({ stores }: { stores: KeysStatus['stores'] }) {
  const { t } = useText();
  const nameOf = (name: string) => (name === 'first' || name === 'second' ? t(`admin.keys.names.${name}`) : name);
  return (
    <TableBox caption={t('admin.keys.caption')}>
      <thead>
        <tr>
          <th scope="col">{t('admin.keys.name')}</th>
          <th scope="col">{t('admin.keys.state')}</th>
          <th scope="col">{t('admin.keys.detail')}</th>
        </tr>
      </thead>
      <tbody>
        {stores.map(({ name, reachable, detail }) => (
          <tr key={name}>
            <th scope="row">{nameOf(name)}</th>
            <td>{reachable ? t('admin.keys.reachable') : <strong>{t('admin.keys.unreachable')}</strong>}</td>
            <td>{detail || t('staff.none')}</td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}
