import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { RightsDraft } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { ReasonField } from '../look/Field';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

interface Props {
  id: string;
  draft: RightsDraft;
  onFound: (say: string) => void;
  onBack: (say: string) => void;
}

/** Looks in the register, with a reason on record; or says that there is nothing. */
export function FindForm({ id, draft, onFound, onBack }: Props) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [nothing, setNothing] = useState(false);
  const act = useAct();
  const again = draft.items.length > 0;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === '') return document.getElementsByName('reason')[0]?.focus();
    void act.run(async () => {
      const { n } = await call('post', '/api/unit/requests/{request}/find', { at: { request: id }, body: { reason: reason.trim() } });
      setNothing(n === 0);
      setReason('');
      setTried(false);
      onFound(n === 0 ? t('rights.find.nothing') : t('rights.find.found', { n }));
    });
  };
  const end = (outcome: 'no_data' | 'destroyed') =>
    void act.run(async () => {
      await call('post', '/api/unit/requests/{request}/nothing', { at: { request: id }, body: { outcome } });
      onBack(t('rights.find.gaveNothing'));
    });
  return (
    <form className={css.card} onSubmit={submit} noValidate>
      <h2>{t(again ? 'rights.find.again' : 'rights.find.title')}</h2>
      <p>{t('rights.find.text')}</p>
      {again && <p className={css.hint}>{t('rights.find.againText')}</p>}
      <ReasonField name="reason" value={reason} onChange={setReason} fault={tried && reason.trim() === '' ? t('staff.required') : act.problem?.fields.reason} />
      <Failure problem={act.problem} />
      <Button type="submit" variant={again ? 'secondary' : 'default'} aria-disabled={act.busy}>
        {t(again ? 'rights.find.again' : 'rights.find.doIt')}
      </Button>
      {draft.items.length === 0 && (nothing || draft.gone) && (
        <div className={css.row}>
          {!draft.gone && (
            <Button variant="secondary" onClick={() => end('no_data')}>
              {t('rights.find.noData')}
            </Button>
          )}
          <Button variant="secondary" onClick={() => end('destroyed')}>
            {t('rights.find.destroyed')}
          </Button>
        </div>
      )}
    </form>
  );
}
