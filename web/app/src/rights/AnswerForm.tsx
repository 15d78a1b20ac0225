import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { RightsAnswer, RightsRequest } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { SelectField, TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import { FormEnd } from '../staff/FormEnd';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

interface Props {
  request: RightsRequest;
  onDone: (say: string) => void;
  onCancel?: (() => void) | undefined;
}

/** An answer without a link: what the unit came to, or a refusal. */
export function AnswerForm({ request, onDone, onCancel }: Props) {
  const { t } = useText();
  const came = request.warning === 'ended' ? 'destroyed' : request.outcome;
  const outcomes = [...(came ? [came] : []), 'refused'].filter((each, i, all) => all.indexOf(each) === i) as RightsAnswer['outcome'][];
  const [body, setBody] = useState<RightsAnswer>({ outcome: outcomes[0] ?? 'refused', text: '' });
  const [tried, setTried] = useState(false);
  const act = useAct();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (body.text.trim() === '') return document.getElementsByName('answer')[0]?.focus();
    void act.run(async () => {
      await call('post', '/api/registry/requests/{request}/answer', { at: { request: request.id }, body });
      onDone(t('rights.answer.done'));
    });
  };
  return (
    <form className={css.card} onSubmit={submit} noValidate>
      <FocusedHeading level={2} take={onCancel !== undefined}>
        {t('rights.answer.title')}
      </FocusedHeading>
      <p>{t('rights.answer.text')}</p>
      <SelectField label={t('rights.answer.outcome')} name="outcome" value={body.outcome} options={outcomes.map((id) => ({ id, name: t(`rights.answer.outcomes.${id}`) }))}
        onChange={(outcome) => setBody({ ...body, outcome: outcome as RightsAnswer['outcome'] })} fault={act.problem?.fields.outcome} />
      <TextField label={t('rights.answer.say')} name="answer" rows={5} maxLength={4_000} value={body.text} onChange={(text) => setBody({ ...body, text })}
        fault={tried && body.text.trim() === '' ? t('staff.required') : act.problem?.fields.text} />
      {onCancel ? (
        <FormEnd act={act} doIt={t('rights.answer.doIt')} onCancel={onCancel} />
      ) : (
        <>
          <Failure problem={act.problem} />
          <Button type="submit" aria-disabled={act.busy}>
            {t('rights.answer.doIt')}
          </Button>
        </>
      )}
    </form>
  );
}
