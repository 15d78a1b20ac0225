import { type SubmitEvent, useState } from 'react';
import type { Answers, AnswerWrite } from '../api/shapes';
import { useAct } from '../api/useAct';
import { FaultSummary } from '../look/FaultSummary';
import { TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { SettingEnd } from '../settings/SettingEnd';
import type { Setting } from '../settings/useSetting';
import { FormEnd } from '../staff/FormEnd';
import css from '../staff/staff.module.css';
import { type Key, LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';
import { type AnswerDraft, type AnswerFault, type AnswerField, contentOf, faultsOf } from './answers';
import { AnswerServices } from './AnswerServices';
import lead from './lead.module.css';

interface Props {
  title: string;
  start: AnswerDraft;
  data: Answers;
  /** Of an answer that there is: another may be changing it, too. */
  setting?: Setting;
  onSave: (content: AnswerWrite) => Promise<void>;
  onCancel: () => void;
}

const LABELS: Record<AnswerField, Key> = {
  name: 'lead.answers.name',
  shortcut: 'lead.answers.shortcut',
  services: 'lead.answers.services',
  text: 'lead.answers.text',
  'text.fi': 'shared.languages.fi',
  'text.sv': 'shared.languages.sv',
  'text.en': 'shared.languages.en',
};

/** One ready answer, its three languages side by side. */
export function AnswerForm({ title, start, data, setting, onSave, onCancel }: Props) {
  const { t } = useText();
  const [draft, setDraft] = useState(start);
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const faults = attempt > 0 ? faultsOf(draft, data.variables) : {};
  const say = (fault: AnswerFault | undefined) => fault && wordsOf(t, fault);
  const fields = act.problem?.fields ?? {};
  const change = (part: Partial<AnswerDraft>) => setDraft({ ...draft, ...part });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (Object.keys(faultsOf(draft, data.variables)).length === 0) void act.run(() => onSave(contentOf(draft)));
  };
  const summary = (Object.keys(faults) as AnswerField[]).map((field) => ({
    name: field === 'text' ? 'text.fi' : field,
    label: t(LABELS[field]),
    text: say(faults[field]) ?? '',
  }));
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={page.part} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      <FocusedHeading>{title}</FocusedHeading>
      <FaultSummary faults={summary} attempt={attempt} />
      <div className={css.row}>
        <TextField label={t('lead.answers.name')} hint={t('lead.answers.nameHint')} name="name" size={40} maxLength={100} value={draft.name} onChange={(name) => change({ name })} fault={say(faults.name) ?? fields.name} />
        <TextField label={t('lead.answers.shortcut')} hint={t('lead.answers.shortcutHint')} name="shortcut" size={20} maxLength={30} autoComplete="off" value={draft.shortcut} onChange={(shortcut) => change({ shortcut })} fault={say(faults.shortcut) ?? fields.shortcut} />
        <TextField label={t('lead.answers.review')} hint={t('lead.answers.reviewHint')} name="review" type="date" value={draft.review} onChange={(review) => change({ review })} fault={fields.review} />
      </div>
      <AnswerServices draft={draft} data={data} onChange={change} fault={say(faults.services) ?? fields.services} />
      <fieldset className={page.fieldset}>
        <legend>{t('lead.answers.text')}</legend>
        <p className={css.hint}>{t('lead.answers.textHint', { names: data.variables.map((name) => `{${name}}`).join(' ') })}</p>
        <div className={lead.texts}>
          {LANGS.map((lang) => (
            <TextField key={lang} label={t(`shared.languages.${lang}`)} name={`text.${lang}`} lang={lang} rows={8} maxLength={4_000} value={draft.text[lang]}
              onChange={(text) => change({ text: { ...draft.text, [lang]: text } })} fault={say(faults[`text.${lang}`] ?? (lang === 'fi' ? faults.text : undefined)) ?? fields[lang]} />
          ))}
        </div>
      </fieldset>
      <Variables names={data.variables} />
      {setting ? <SettingEnd act={act} setting={setting} doIt={t('staff.save')} onCancel={onCancel} /> : <FormEnd act={act} doIt={t('staff.save')} onCancel={onCancel} />}
    </form>
  );
}

function wordsOf(t: ReturnType<typeof useText>['t'], fault: AnswerFault): string {
  if (fault.kind === 'name') return t('staff.required');
  return t(`lead.answers.faults.${fault.kind}`, fault.kind === 'variable' ? { name: fault.name } : {});
}

const KNOWN = ['authority', 'service', 'adviser', 'reference', 'opens_at', 'closes_at', 'today'] as const;

function Variables({ names }: { names: readonly string[] }) {
  const { t } = useText();
  return (
    <details>
      <summary>{t('lead.answers.variablesTitle')}</summary>
      <dl className={css.facts}>
        {KNOWN.filter((name) => names.includes(name)).map((name) => (
          <div key={name} className={page.fact}>
            <dt>
              <code>{`{${name}}`}</code>
            </dt>
            <dd>{t(`lead.answers.variables.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
