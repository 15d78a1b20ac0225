import { type SubmitEvent, useState } from 'react';
import { Button, Checkbox, InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { DirectoryState, DirectoryStep } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { FaultSummary } from '../look/FaultSummary';
import { TextField } from '../look/Field';
import { SettingEnd } from '../settings/SettingEnd';
import { useSetting } from '../settings/useSetting';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { bodyOf, type DirectoryDraft, draftOf, endsSignIns, sameClient } from './directory';
import { DirectoryTried } from './DirectoryTried';

interface Props {
  state: DirectoryState;
  onSaved: (state: DirectoryState) => void;
  onReset: () => void;
  onTouched: () => void;
}

const FIELDS = ['issuer', 'client_id', 'secret', 'claim', 'acr'] as const;

/** Which directory, who the program is there, and what its word is worth here. */
export function DirectoryForm({ state, onSaved, onReset, onTouched }: Props) {
  const { t } = useText();
  const [draft, setDraft] = useState(() => draftOf(state));
  const [attempt, setAttempt] = useState(0);
  const [steps, setSteps] = useState<readonly DirectoryStep[] | null>(null);
  const saving = useAct();
  const trying = useAct();
  const setting = useSetting({ kind: 'directory', id: 'sign-in', part: 'connection' }, state.version);
  const kept = state.secret && sameClient(draft, state);
  const missing = FIELDS.filter((field) => field !== 'acr' && draft[field].trim() === '' && !(field === 'secret' && (kept || !draft.on)));
  const shown = attempt > 0 ? missing : [];
  const change = (part: Partial<DirectoryDraft>) => {
    setDraft({ ...draft, ...part });
    setSteps(null);
    onTouched();
  };
  const save = async () => onSaved(await call('put', '/api/admin/directory', { body: { ...bodyOf(draft), base: setting.base } }));
  const tryIt = async () => setSteps((await call('post', '/api/admin/directory/try', { body: bodyOf(draft) })).steps);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    trying.reset();
    if (missing.length === 0) void saving.run(save);
  };
  const fields = { ...trying.problem?.fields, ...saving.problem?.fields };
  const faultOf = (field: (typeof FIELDS)[number]) => (shown.includes(field) ? t('staff.required') : fields[field]);
  return (
    <form className={css.card} onSubmit={submit} noValidate aria-labelledby="directory-form">
      <h2 id="directory-form">{t('admin.directory.title')}</h2>
      <FaultSummary faults={shown.map((name) => ({ name, label: t(`admin.directory.${name}`), text: t('staff.required') }))} attempt={attempt} />
      {FIELDS.map((field) => (
        <TextField
          key={field}
          name={field}
          label={t(`admin.directory.${field}`)}
          hint={t(field === 'secret' && kept ? 'admin.directory.secretKept' : `admin.directory.${field}Hint`)}
          type={field === 'secret' ? 'password' : 'text'}
          autoComplete={field === 'secret' ? 'new-password' : 'off'}
          value={draft[field]}
          onChange={(value) => change({ [field]: value })}
          maxLength={field === 'secret' ? 1000 : 300}
          size={40}
          fault={faultOf(field)}
        />
      ))}
      <Checkbox checked={draft.on} onClick={({ checkboxState }) => change({ on: checkboxState })}>
        {t('admin.directory.on')}
      </Checkbox>
      <Checkbox checked={draft.closed} hintText={t('admin.directory.closedHint')} onClick={({ checkboxState }) => change({ closed: checkboxState })}>
        {t('admin.directory.closed')}
      </Checkbox>
      <DirectoryTried steps={steps} busy={trying.busy} />
      <Failure problem={trying.problem} />
      <div>
        <Button type="button" variant="secondary" aria-disabled={trying.busy} onClick={() => void trying.run(tryIt)}>
          {t('admin.directory.try')}
        </Button>
      </div>
      <div role="status">{endsSignIns(draft, state) && <InlineAlert status="warning">{t('admin.directory.ends', { n: state.sign_ins })}</InlineAlert>}</div>
      <SettingEnd act={saving} setting={setting} doIt={t('staff.save')} onCancel={onReset} />
    </form>
  );
}
