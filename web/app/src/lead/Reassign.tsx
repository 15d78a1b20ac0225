import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { SelectField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useLead } from './LeadContext';

interface Props {
  contact: string;
  /** Who has it now, or "" while it waits. */
  from: string;
  onDone: () => void;
}

/** Gives a contact to another adviser who is present, in place. Escape goes back. */
export function Reassign({ contact, from, onDone }: Props) {
  const { t } = useText();
  const { overview, changed, say } = useLead();
  const choices = useChoices(from);
  const [chosen, setChosen] = useState('');
  const to = choices.find(({ id }) => id === chosen) ?? choices[0];
  const act = useAct();

  const move = async () => {
    if (!to) return;
    await call('post', '/api/lead/contacts/{contact}/reassign', { at: { contact }, body: { to_adviser: to.id } });
    say(t('lead.reassign.done', { name: overview.present.find(({ id }) => id === to.id)?.name ?? '' }));
    changed();
    onDone();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(move);
  };

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={css.card} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onDone()}>
      <FocusedHeading level={3}>{t('lead.reassign.title')}</FocusedHeading>
      {to ? (
        <SelectField label={t('lead.reassign.to')} value={to.id} options={choices} onChange={setChosen} fault={act.problem?.fields.to_adviser} />
      ) : (
        <p>{t('lead.reassign.none')}</p>
      )}
      <Failure problem={act.problem} />
      <div className={css.row}>
        {to && <Button type="submit">{t('lead.reassign.do')}</Button>}
        <Button type="button" variant="secondary" onClick={onDone}>
          {t('staff.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Those who are at their desks, the least busy first. */
function useChoices(from: string) {
  const { t } = useText();
  const { overview } = useLead();
  return overview.present
    .filter(({ id, presence }) => id !== from && (presence === 'present' || presence === 'busy'))
    .sort((a, b) => Number(a.presence === 'busy') - Number(b.presence === 'busy') || a.load - b.load)
    .map(({ id, name, presence, load }) => ({ id, name: t('lead.reassign.choice', { name, presence: t(`desk.presence.${presence}`), n: load }) }));
}
