import { type SubmitEvent, useState } from 'react';
import { call } from '../api/client';
import { useAct } from '../api/useAct';
import { TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import { FormEnd } from '../staff/FormEnd';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

interface Props {
  id: string;
  onDone: (say: string) => void;
  onCancel: () => void;
}

/** More time, once, with the reasons that the person is told. */
export function ExtendForm({ id, onDone, onCancel }: Props) {
  const { t } = useText();
  const [reasons, setReasons] = useState('');
  const [tried, setTried] = useState(false);
  const act = useAct();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (reasons.trim() === '') return document.getElementsByName('reasons')[0]?.focus();
    void act.run(async () => {
      const { mailed } = await call('post', '/api/registry/requests/{request}/extend', { at: { request: id }, body: { reasons } });
      onDone(t(mailed ? 'rights.extend.mailed' : 'rights.extend.done'));
    });
  };
  return (
    <form className={css.card} onSubmit={submit} noValidate>
      <FocusedHeading level={2}>{t('rights.extend.title')}</FocusedHeading>
      <p>{t('rights.extend.text')}</p>
      <TextField label={t('rights.extend.reasons')} name="reasons" rows={4} maxLength={4_000} value={reasons} onChange={setReasons} fault={tried && reasons.trim() === '' ? t('staff.required') : act.problem?.fields.reasons} />
      <FormEnd act={act} doIt={t('rights.extend.doIt')} onCancel={onCancel} />
    </form>
  );
}
