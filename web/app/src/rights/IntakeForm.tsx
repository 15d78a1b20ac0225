import { type SubmitEvent, useCallback, useState } from 'react';
import { call } from '../api/client';
import type { RightsIntake, RightsOptions, RightsRegister } from '../api/shapes';
import { useAct } from '../api/useAct';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { type Fault, FaultSummary } from '../look/FaultSummary';
import { SelectField, TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { FormEnd } from '../staff/FormEnd';
import css from '../staff/staff.module.css';
import { LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';

interface Props {
  onSaved: (due: string) => void;
  onCancel: () => void;
}

/** A request that came on paper, by mail or at the counter. */
export function IntakePage(props: Props) {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/registry/options', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  return <IntakeForm {...props} options={data} />;
}

function IntakeForm({ options, onSaved, onCancel }: Props & { options: RightsOptions }) {
  const { t, lang } = useText();
  const [draft, setDraft] = useState<RightsIntake>({ register: '', lang, arrived: 'letter', day: options.today, by: 'reference', value: '', text: '', name: '', email: '', address: '' });
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const about = options.registers.find(({ id }) => id === draft.register);
  const faults = useFaults(draft);
  const shown = attempt > 0 ? faults : [];
  const say = (name: string) => shown.find((fault) => fault.name === name)?.text ?? act.problem?.fields[name];
  const change = (part: Partial<RightsIntake>) => setDraft({ ...draft, ...part });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (faults.length === 0) void act.run(async () => onSaved((await call('post', '/api/registry/requests', { body: draft })).due));
  };
  const field = (name: keyof RightsIntake) => ({ name, value: draft[name], onChange: (value: string) => change({ [name]: value }), fault: say(name) });
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={page.form} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      <FocusedHeading>{t('rights.intake.title')}</FocusedHeading>
      <FaultSummary faults={shown} attempt={attempt} />
      <SelectField label={t('rights.intake.register')} options={options.registers} empty={t('staff.choose')} {...field('register')} />
      {about && <About about={about} />}
      <div className={css.row}>
        <SelectField label={t('rights.intake.arrived')} options={options.arrivals.filter((id) => id !== 'page').map((id) => ({ id, name: t(`rights.intake.arrivals.${id}`) }))} {...field('arrived')} />
        <SelectField label={t('rights.intake.lang')} options={LANGS.map((id) => ({ id, name: t(`shared.languages.${id}`) }))} {...field('lang')} />
      </div>
      <TextField label={t('rights.intake.day')} hint={t('rights.intake.dayHint')} type="date" {...field('day')} />
      <Lookup draft={draft} lookups={about?.lookups ?? []} onChange={change} fault={say('value') ?? say('by')} />
      <TextField label={t('rights.intake.text')} rows={4} maxLength={4_000} {...field('text')} />
      <fieldset className={page.fieldset}>
        <legend>{t('rights.intake.who')}</legend>
        <TextField label={t('rights.intake.name')} size={40} maxLength={200} autoComplete="off" {...field('name')} />
        <TextField label={t('rights.intake.email')} size={40} maxLength={254} autoComplete="off" {...field('email')} />
        <TextField label={t('rights.intake.address')} rows={3} maxLength={400} {...field('address')} />
      </fieldset>
      <FormEnd act={act} doIt={t('rights.intake.save')} onCancel={onCancel} />
    </form>
  );
}

interface LookupProps {
  draft: RightsIntake;
  lookups: RightsRegister['lookups'];
  onChange: (part: Partial<RightsIntake>) => void;
  fault: string | undefined;
}

/** By what the person is found. What is missing can be asked for: the time runs all the same. */
function Lookup({ draft, lookups, onChange, fault }: LookupProps) {
  const { t } = useText();
  const choices = [...lookups, '' as const].map((id) => ({ id, name: t(`rights.intake.bys.${id === '' ? 'none' : id}`) }));
  const by = choices.some(({ id }) => id === draft.by) ? draft.by : '';
  return (
    <div className={css.row}>
      <SelectField label={t('rights.intake.by')} name="by" value={by} options={choices} onChange={(id) => onChange({ by: id as RightsIntake['by'], ...(id === '' ? { value: '' } : {}) })} />
      {by !== '' && <TextField label={t('rights.intake.value')} name="value" value={draft.value} onChange={(value) => onChange({ value })} size={30} maxLength={300} autoComplete="off" fault={fault} />}
    </div>
  );
}

/** What the register's notice says of a request. */
export function About({ about }: { about: RightsRegister }) {
  const { t } = useText();
  return (
    <div className={css.hint}>
      <p>{t('rights.intake.route', { name: about.route.name })}</p>
      {about.written && <p>{t('rights.intake.written')}</p>}
      {about.must && <p>{t('rights.intake.must', { what: about.must })}</p>}
      {about.answer.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

function useFaults({ register, day, by, value }: RightsIntake): Fault[] {
  const { t } = useText();
  const text = t('staff.required');
  const faults: Fault[] = [];
  if (register === '') faults.push({ name: 'register', label: t('rights.intake.register'), text });
  if (day === '') faults.push({ name: 'day', label: t('rights.intake.day'), text });
  if (register !== '' && by !== '' && value.trim() === '') faults.push({ name: 'value', label: t('rights.intake.value'), text });
  return faults;
}
