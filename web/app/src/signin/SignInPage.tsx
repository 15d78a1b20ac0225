import { type SubmitEvent, useState } from 'react';
import { Button, InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import { asProblem } from '../api/problem';
import { useAct } from '../api/useAct';
import { boot } from '../boot';
import { CitizenFrame } from '../look/CitizenFrame';
import { Failure } from '../look/Failure';
import { TextField } from '../look/Field';
import { useTitle } from '../look/useTitle';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { CodeStep, oneCode } from './CodeStep';
import { leadOn } from './leadOn';
import { Ways } from './Ways';

/** The staff's way in. The code of a device is asked for only when the account has one. */
export default function SignInPage() {
  const { t, lang } = useText();
  const name = boot().names[lang] ?? boot().authority;
  const ended = new URLSearchParams(location.search).has('next');
  useTitle(t('signin.title'), name);
  return (
    <CitizenFrame>
      <div className={css.form}>
        <h1>{t('signin.title')}</h1>
        <p>{t('signin.for', { name })}</p>
        {ended && <InlineAlert>{t('signin.ended')}</InlineAlert>}
        <Ways password={<SignInForm />} />
        <p className={css.hint}>{t('signin.lost')}</p>
      </div>
    </CitizenFrame>
  );
}

function SignInForm() {
  const { t } = useText();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const act = useAct();

  const attempt = async () => {
    const body = code ? { username, password, totp: oneCode(code) } : { username, password };
    try {
      leadOn(await call('post', '/api/staff/sign-in', { body }));
    } catch (error) {
      if (asProblem(error).key !== 'totp-required') throw error;
      setCode('');
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(attempt);
  };

  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <TextField label={t('signin.username')} value={username} onChange={setUsername} autoComplete="username" />
      <TextField label={t('signin.password')} value={password} onChange={setPassword} type="password" autoComplete="current-password" />
      {code !== null && <CodeStep asked={t('signin.codeAsked')} code={code} onChange={setCode} />}
      <Failure problem={act.problem} title={t('signin.failed')} />
      <Button type="submit" aria-disabled={act.busy}>
        {t('signin.submit')}
      </Button>
    </form>
  );
}
