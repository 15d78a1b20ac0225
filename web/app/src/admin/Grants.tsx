import { type SubmitEvent, useReducer, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { Account, Grant } from '../api/shapes';
import { useAct } from '../api/useAct';
import { boot } from '../boot';
import { Failure } from '../look/Failure';
import { FaultSummary } from '../look/FaultSummary';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import { FormEnd } from '../staff/FormEnd';
import css from '../staff/staff.module.css';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { useAdmin, useRightName } from './AdminContext';
import { GrantFields } from './GrantFields';
import { emptyGrant, grantFault, grantsReducer, inForce, lastDay, newGrant } from './grants';
import { useGrantFaults } from './useGrantFaults';
import { useHeading } from './useHeading';

interface Props {
  person: Account;
  own: boolean;
  onTold: (text: string) => void;
}

/** A person's rights, each with its end; giving and withdrawing them. */
export function Grants({ person, own, onTold }: Props) {
  const { t } = useText();
  const [adding, setAdding] = useState(false);
  const [heading, focus] = useHeading();
  const tell = (text: string) => {
    onTold(text);
    focus();
  };
  return (
    <section className={css.card} aria-labelledby="person-grants">
      <h2 id="person-grants" ref={heading} tabIndex={-1}>
        {t('admin.grants.title')}
      </h2>
      {person.grants.length === 0 ? <p>{t('admin.grants.none')}</p> : <Table person={person} own={own} onTold={tell} />}
      {adding && <Giving person={person} onTold={tell} onLeave={() => setAdding(false)} />}
      {!adding && !person.disabled && (
        <Button variant="secondary" onClick={() => setAdding(true)}>
          {t('admin.grants.add')}
        </Button>
      )}
    </section>
  );
}

function Table({ person, own, onTold }: Props) {
  const { t } = useText();
  return (
    <div className={page.part}>
      <TableBox caption={t('admin.grants.caption')}>
        <thead>
          <tr>
            {(['role', 'from', 'until', 'action'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`admin.grants.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {person.grants.map((grant) => (
            <Row key={grant.id} person={person} grant={grant} own={own} onTold={onTold} />
          ))}
        </tbody>
      </TableBox>
    </div>
  );
}

function Row({ person, grant, own, onTold }: Props & { grant: Grant }) {
  const { t, date, lang } = useText();
  const { now } = useAdmin();
  const name = useRightName()(grant.role, grant.service);
  const living = inForce(grant, now) && !person.disabled;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{date(grant.from)}</td>
      <td>
        {grant.until ? formatDay(lang, lastDay(grant.until, boot().zone)) : t('admin.grants.forNow')} {!living && <span className={css.tag}>{t('admin.grants.ended')}</span>}
      </td>
      <td>
        {own && grant.role === 'administrator' && <span className={css.muted}>{t('admin.grants.notOwn')}</span>}
        {living && !(own && grant.role === 'administrator') && <Withdraw person={person} grant={grant.id} name={name} onTold={onTold} />}
      </td>
    </tr>
  );
}

interface WithdrawProps {
  person: Account;
  grant: string;
  name: string;
  onTold: (text: string) => void;
}

/** Asked once more in the same place. */
function Withdraw({ person, grant, name, onTold }: WithdrawProps) {
  const { t } = useText();
  const { changed } = useAdmin();
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const withdraw = async () => {
    changed(await call('delete', '/api/admin/staff/{staff}/grants/{grant}', { at: { staff: person.id, grant } }));
    onTold(t('admin.grants.withdrawn', { role: name }));
  };
  if (!asking)
    return (
      <button type="button" className={page.act} aria-label={t('admin.grants.withdrawOf', { role: name })} onClick={() => setAsking(true)}>
        {t('admin.grants.withdraw')}
      </button>
    );
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- it stands where the button was that was pressed */}
      <button type="button" autoFocus className={`${page.act} ${page.danger}`} aria-label={t('admin.grants.sureOf', { role: name })} onClick={() => void act.run(withdraw)}>
        {t('admin.grants.sure')}
      </button>{' '}
      <button type="button" className={page.act} onClick={() => setAsking(false)}>
        {t('staff.cancel')}
      </button>
      <Failure problem={act.problem} />
    </>
  );
}

interface GivingProps {
  person: Account;
  onTold: (text: string) => void;
  onLeave: () => void;
}

function Giving({ person, onTold, onLeave }: GivingProps) {
  const { t } = useText();
  const { today, changed } = useAdmin();
  const rightName = useRightName();
  const [drafts, dispatch] = useReducer(grantsReducer, [emptyGrant()]);
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const [draft = emptyGrant()] = drafts;
  const faults = useGrantFaults(drafts, today);
  const give = async () => {
    changed(await call('post', '/api/admin/staff/{staff}/grants', { at: { staff: person.id }, body: newGrant(draft, boot().zone) }));
    onTold(t('admin.grants.given', { role: rightName(draft.role, draft.service) }));
    onLeave();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (faults.length === 0) void act.run(give);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={page.form} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onLeave()}>
      <FocusedHeading level={3}>{t('admin.grants.addTitle')}</FocusedHeading>
      <FaultSummary faults={attempt > 0 ? faults : []} attempt={attempt} />
      <GrantFields draft={draft} onChange={(part) => dispatch({ do: 'change', id: draft.id, part })} fault={attempt > 0 ? grantFault(draft, today) : null} />
      <FormEnd act={act} doIt={t('staff.add')} onCancel={onLeave} />
    </form>
  );
}
