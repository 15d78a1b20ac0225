import { useCallback, useState } from 'react';
import { call } from '../api/client';
import type { Account, Named } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { boot } from '../boot';
import { Failure } from '../look/Failure';
import { useStep } from '../look/useStep';
import { StaffFrame } from '../staff/StaffFrame';
import { dayIn } from '../text/format';
import { useText } from '../text/TextProvider';
import { AddPerson } from './AddPerson';
import { AdminContext } from './AdminContext';
import { withAccount } from './grants';
import { Person } from './Person';
import { StaffList } from './StaffList';

/** Every account: the list, one person, or a new one. */
export default function StaffPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/admin" title={t('staff.areas.staff')}>
      <Loaded />
    </StaffFrame>
  );
}

async function loadAll(lang: string) {
  const [{ staff }, { services }, { now }] = await Promise.all([
    call('get', '/api/admin/staff'),
    call('get', '/api/chat/services', { query: { lang } }),
    call('get', '/api/admin/clock'),
  ]);
  return { staff, services, now };
}

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(() => loadAll(lang), [lang]);
  const { data, problem, reload } = useLoad(load);
  if (data) return <Steps loaded={data.staff} services={data.services} now={data.now} />;
  return (
    <>
      <h1>{t('staff.areas.staff')}</h1>
      {problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>}
    </>
  );
}

type Step = { at: 'list' } | { at: 'add' } | { at: 'person'; id: string };

interface StepsProps {
  loaded: readonly Account[];
  services: readonly Named[];
  now: number;
}

function Steps({ loaded, services, now }: StepsProps) {
  const [staff, setStaff] = useState(loaded);
  const [step, go] = useStep<Step>({ at: 'list' });
  // Kept here and not with the step: a password must not stay in the browser's history.
  const [password, setPassword] = useState<{ of: string; text: string } | null>(null);
  const changed = (one: Account) => setStaff((all) => withAccount(all, one));
  const person = step.at === 'person' ? staff.find(({ id }) => id === step.id) : undefined;
  const open = (id: string) => {
    setPassword(null);
    go({ at: 'person', id });
  };
  const made = (one: Account, text: string) => {
    changed(one);
    setPassword({ of: one.id, text });
    if (step.at === 'add') go({ at: 'person', id: one.id });
  };
  return (
    <AdminContext value={{ services, now, today: dayIn(now, boot().zone), changed, made }}>
      {step.at === 'add' && <AddPerson onLeave={() => go({ at: 'list' })} />}
      {person && (
        <Person
          key={person.id}
          person={person}
          password={password?.of === person.id ? password.text : ''}
          onHidePassword={() => setPassword(null)}
          onLeave={() => go({ at: 'list' })}
        />
      )}
      {step.at !== 'add' && !person && <StaffList staff={staff} onOpen={open} onAdd={() => go({ at: 'add' })} />}
    </AdminContext>
  );
}
