import { type SubmitEvent, useState } from 'react';
import { Checkbox } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { LedAdviser } from '../api/shapes';
import { useAct } from '../api/useAct';
import { GroupLabel, TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { FormEnd } from '../staff/FormEnd';
import { isLang, LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';

interface Props {
  adviser: LedAdviser;
  onSaved: () => void;
  onCancel: () => void;
}

/** What one adviser is offered, in place. Escape goes back. */
export function SkillForm({ adviser, onSaved, onCancel }: Props) {
  const { t } = useText();
  const [languages, setLanguages] = useState(adviser.languages.filter(isLang));
  const [services, setServices] = useState(adviser.services);
  const [capacity, setCapacity] = useState(String(adviser.capacity));
  const [bad, setBad] = useState(false);
  const act = useAct();
  const save = async () => {
    const body = { languages, services, capacity: Number(capacity) };
    await call('put', '/api/lead/advisers/{staff}', { at: { staff: adviser.id }, body });
    onSaved();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong = !/^\d{1,2}$/.test(capacity.trim());
    setBad(wrong);
    if (wrong) event.currentTarget.querySelector<HTMLInputElement>('[name="capacity"]')?.focus();
    else void act.run(save);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={css.card} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      <FocusedHeading level={2}>{t('lead.advisers.editOf', { name: adviser.name })}</FocusedHeading>
      <Choices label={t('lead.advisers.languages')} fault={act.problem?.fields.languages} options={LANGS.map((id) => ({ id, name: t(`shared.languages.${id}`) }))} chosen={languages} onChange={(ids) => setLanguages(ids.filter(isLang))} />
      <Choices label={t('lead.advisers.services')} fault={act.problem?.fields.services} options={adviser.may} chosen={services} onChange={setServices} />
      <TextField
        name="capacity"
        label={t('lead.advisers.capacity')}
        hint={t('lead.advisers.capacityHint')}
        inputMode="numeric"
        size={4}
        maxLength={2}
        value={capacity}
        onChange={setCapacity}
        fault={bad ? t('lead.routing.number') : act.problem?.fields.capacity}
      />
      <FormEnd act={act} doIt={t('staff.save')} onCancel={onCancel} />
    </form>
  );
}

interface ChoicesProps {
  label: string;
  fault: string | undefined;
  options: readonly { id: string; name: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function Choices({ label, fault, options, chosen, onChange }: ChoicesProps) {
  return (
    <fieldset className={page.fieldset}>
      <legend>
        <GroupLabel label={label} fault={fault} />
      </legend>
      {options.map(({ id, name }) => (
        <Checkbox key={id} checked={chosen.includes(id)} onClick={({ checkboxState }) => onChange(checkboxState ? [...chosen, id] : chosen.filter((each) => each !== id))}>
          {name}
        </Checkbox>
      ))}
    </fieldset>
  );
}
