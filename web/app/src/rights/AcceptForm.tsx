import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { RightsEvidence } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { SelectField, TextField } from '../look/Field';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

const EVIDENCE = ['reference_code', 'known_email', 'known_phone', 'identity_document', 'strong_identification', 'other'] as const;

/** Notes what showed who asks, and hands the request on. */
export function AcceptForm({ id, onDone }: { id: string; onDone: (say: string) => void }) {
  const { t } = useText();
  const [body, setBody] = useState<RightsEvidence>({ evidence: 'reference_code', note: '' });
  const act = useAct();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(async () => {
      await call('post', '/api/registry/requests/{request}/accept', { at: { request: id }, body });
      onDone(t('rights.accept.done'));
    });
  };
  return (
    <form className={css.card} onSubmit={submit} noValidate>
      <h2>{t('rights.accept.title')}</h2>
      <p>{t('rights.accept.text')}</p>
      <SelectField
        label={t('rights.accept.evidence')}
        name="evidence"
        value={body.evidence}
        options={EVIDENCE.map((each) => ({ id: each, name: t(`rights.accept.evidences.${each}`) }))}
        onChange={(evidence) => setBody({ ...body, evidence: evidence as RightsEvidence['evidence'] })}
        fault={act.problem?.fields.evidence}
      />
      <TextField label={t('rights.accept.note')} hint={t('rights.accept.noteHint')} name="note" value={body.note} size={40} maxLength={200} autoComplete="off" onChange={(note) => setBody({ ...body, note })} fault={act.problem?.fields.note} />
      <Failure problem={act.problem} />
      <Button type="submit" aria-disabled={act.busy}>
        {t('rights.accept.doIt')}
      </Button>
    </form>
  );
}
