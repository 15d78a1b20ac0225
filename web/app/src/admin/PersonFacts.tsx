import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { Account } from '../api/shapes';
import { useAct } from '../api/useAct';
import { FaultSummary } from '../look/FaultSummary';
import { FocusedHeading } from '../look/Focused';
import { FormEnd } from '../staff/FormEnd';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useAdmin } from './AdminContext';
import { PersonFields, usePersonFaults } from './PersonFields';

interface Props {
  person: Account;
  onTold: (text: string) => void;
}

const FIELDS = ['name', 'email'] as const;

/** Who the account belongs to; the name and the address can be corrected. */
export function PersonFacts({ person, onTold }: Props) {
  const { t, dateTime } = useText();
  const [editing, setEditing] = useState(false);
  if (editing) return <Correcting person={person} onTold={onTold} onLeave={() => setEditing(false)} />;
  return (
    <section className={css.card} aria-labelledby="person-facts">
      <h2 id="person-facts">{t('admin.person.facts')}</h2>
      <dl className={css.facts}>
        <dt>{t('admin.list.username')}</dt>
        <dd>{person.username}</dd>
        <dt>{t('admin.add.email')}</dt>
        <dd>{person.email ?? t('staff.none')}</dd>
        <dt>{t('admin.list.last')}</dt>
        <dd>{person.last_sign_in ? dateTime(person.last_sign_in) : t('admin.list.never')}</dd>
      </dl>
      {!person.disabled && (
        <Button variant="secondary" onClick={() => setEditing(true)}>
          {t('admin.person.edit')}
        </Button>
      )}
    </section>
  );
}

function Correcting({ person, onTold, onLeave }: Props & { onLeave: () => void }) {
  const { t } = useText();
  const { changed } = useAdmin();
  const [draft, setDraft] = useState({ username: person.username, name: person.name, email: person.email ?? '' });
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const faults = usePersonFaults(draft, FIELDS);
  const shown = attempt > 0 ? faults : [];
  const save = async () => {
    const body = { name: draft.name.trim(), email: draft.email.trim() };
    changed(await call('put', '/api/admin/staff/{staff}', { at: { staff: person.id }, body }));
    onTold(t('admin.person.saved'));
    onLeave();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (faults.length === 0) void act.run(save);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={css.card} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onLeave()}>
      <FocusedHeading level={2}>{t('admin.person.edit')}</FocusedHeading>
      <FaultSummary faults={shown} attempt={attempt} />
      <PersonFields draft={draft} fields={FIELDS} onChange={(part) => setDraft({ ...draft, ...part })} faults={shown} problem={act.problem} />
      <FormEnd act={act} doIt={t('staff.save')} onCancel={onLeave} />
    </form>
  );
}
