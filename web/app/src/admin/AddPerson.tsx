import { type SubmitEvent, useReducer, useState } from 'react';
import { Button, Checkbox } from 'suomifi-ui-components';
import { call } from '../api/client';
import { useAct } from '../api/useAct';
import { boot } from '../boot';
import { BackLink } from '../look/BackLink';
import { FaultSummary } from '../look/FaultSummary';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { FormEnd } from '../staff/FormEnd';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useAdmin } from './AdminContext';
import { GrantFields } from './GrantFields';
import { emptyGrant, grantFault, grantsReducer, newGrant } from './grants';
import { type PersonDraft, PersonFields, usePersonFaults } from './PersonFields';
import { useGrantFaults } from './useGrantFaults';

const FIELDS = ['username', 'name', 'email'] as const;

/** A new account with its rights. The password comes from the program and is shown next. */
export function AddPerson({ onLeave }: { onLeave: () => void }) {
  const { t } = useText();
  const { today, made } = useAdmin();
  const [draft, setDraft] = useState<PersonDraft>({ username: '', name: '', email: '' });
  const [grants, dispatch] = useReducer(grantsReducer, [emptyGrant()]);
  const [secrecy, setSecrecy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const faults = [...usePersonFaults(draft, FIELDS), ...useGrantFaults(grants, today)];
  const shown = attempt > 0 ? faults : [];

  const add = async () => {
    const body = { ...trimmed(draft), secrecy, grants: grants.map((grant) => newGrant(grant, boot().zone)) };
    const { account, password } = await call('post', '/api/admin/staff', { body });
    made(account, password);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (faults.length === 0) void act.run(add);
  };

  return (
    <>
      <BackLink onBack={onLeave}>{t('admin.list.back')}</BackLink>
      <FocusedHeading>{t('admin.add.title')}</FocusedHeading>
      <p>{t('admin.add.text')}</p>
      <form className={css.card} onSubmit={submit} noValidate>
        <FaultSummary faults={shown} attempt={attempt} />
        <PersonFields draft={draft} fields={FIELDS} onChange={(part) => setDraft({ ...draft, ...part })} faults={shown} problem={act.problem} />
        {grants.map((grant, i) => (
          <fieldset key={grant.id} className={page.fieldset}>
            <legend>{t('admin.grants.one', { n: i + 1 })}</legend>
            <GrantFields draft={grant} onChange={(part) => dispatch({ do: 'change', id: grant.id, part })} fault={attempt > 0 ? grantFault(grant, today) : null} />
            <div>
              <button type="button" className={page.act} aria-label={t('admin.grants.removeOne', { n: i + 1 })} onClick={() => dispatch({ do: 'remove', id: grant.id })}>
                {t('staff.remove')}
              </button>
            </div>
          </fieldset>
        ))}
        <Button type="button" variant="secondary" onClick={() => dispatch({ do: 'add' })}>
          {t(grants.length > 0 ? 'admin.grants.more' : 'admin.grants.addTitle')}
        </Button>
        <Checkbox checked={secrecy} hintText={t('admin.add.secrecyHint')} onClick={({ checkboxState }) => setSecrecy(checkboxState)}>
          {t('admin.add.secrecy')}
        </Checkbox>
        <FormEnd act={act} doIt={t('admin.add.do')} onCancel={onLeave} />
      </form>
    </>
  );
}

const trimmed = ({ username, name, email }: PersonDraft): PersonDraft => ({ username: username.trim(), name: name.trim(), email: email.trim() });
