import { type ReactNode, type SubmitEvent, useEffect, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { addressOf } from '../staff/go';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { CodeStep, oneCode } from './CodeStep';
import { leadOn } from './leadOn';

/** Whoever comes back signed in goes on to the work. */
export function CameBack({ otherwise }: { otherwise: ReactNode }) {
  const { t } = useText();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    call('get', '/api/staff/me').then(leadOn, () => setFailed(true));
  }, []);
  return failed ? otherwise : <p role="status">{t('signin.directory.done')}</p>;
}

/** The directory has seen one factor, and the account has a code device. */
export function AfterDirectory() {
  const { t } = useText();
  const [code, setCode] = useState('');
  const act = useAct();
  const show = async () => leadOn(await call('post', '/api/staff/directory/code', { body: { code: oneCode(code) } }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(show);
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <CodeStep asked={t('signin.directory.code')} code={code} onChange={setCode} />
      <Failure problem={act.problem} title={t('signin.failed')} />
      <Button type="submit" aria-disabled={act.busy}>
        {t('signin.submit')}
      </Button>
      <p>
        <a href={addressOf('/sign-in')}>{t('signin.directory.again')}</a>
      </p>
    </form>
  );
}
