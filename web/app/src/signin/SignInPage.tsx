import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button, InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import { asProblem } from '../api/problem';
import type { Me } from '../api/shapes';
import { useAct } from '../api/useAct';
import { boot } from '../boot';
import { CitizenFrame } from '../look/CitizenFrame';
import { Failure } from '../look/Failure';
import { TextField } from '../look/Field';
import { useTitle } from '../look/useTitle';
import { go } from '../staff/go';
import { landing } from '../staff/roles';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

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
        <SignInForm onDone={(me) => go(nextOf(me))} />
        <p className={css.hint}>{t('signin.lost')}</p>
      </div>
    </CitizenFrame>
  );
}

function SignInForm({ onDone }: { onDone: (me: Me) => void }) {
  const { t } = useText();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const act = useAct();

  const attempt = async () => {
    const body = code ? { username, password, totp: code.replace(/\s/g, '') } : { username, password };
    try {
      onDone(await call('post', '/api/staff/sign-in', { body }));
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
      {code !== null && <CodeStep code={code} onChange={setCode} />}
      <Failure problem={act.problem} title={t('signin.failed')} />
      <Button type="submit" aria-disabled={act.busy}>
        {t('signin.submit')}
      </Button>
    </form>
  );
}

/** Appears after the password; the focus moves there, so that nobody looks for it. */
function CodeStep({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={box}>
      <p role="status">{t('signin.codeAsked')}</p>
      <CodeField code={code} onChange={onChange} />
    </div>
  );
}

export function CodeField({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const { t } = useText();
  return (
    <TextField
      label={t('signin.code')}
      hint={t('signin.codeHint')}
      value={code}
      onChange={onChange}
      autoComplete="one-time-code"
      inputMode="numeric"
      maxLength={12}
      size={10}
    />
  );
}

/** Back to the page that one came from, if it is one of ours. */
function nextOf(me: Me): string {
  const next = new URLSearchParams(location.search).get('next') ?? '';
  return me.must.length === 0 && /^\/[a-z]/.test(next) && !next.startsWith('/sign-in') ? next : landing(me);
}
