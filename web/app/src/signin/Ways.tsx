import { type ReactNode, useCallback, useState } from 'react';
import { Button, InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { SignInWays } from '../api/shapes';
import { useAct } from '../api/useAct';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { leave } from '../staff/go';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { AfterDirectory, CameBack } from './AfterDirectory';
import { asked } from './leadOn';

/** Reads once what the directory's answer was, and takes it out of the address: it is told of one sign-in only. */
function readTold(): string {
  const query = new URLSearchParams(location.search);
  const told = query.get('directory') ?? '';
  query.delete('directory');
  if (told) history.replaceState(null, '', `${location.pathname}?${query.toString()}`);
  return told;
}

/** The ways in that the authority has opened: its organisation's directory, a password, or both. */
export function Ways({ password }: { password: ReactNode }) {
  const [told] = useState(readTold);
  if (told === 'done') return <CameBack otherwise={<Open told="" password={password} />} />;
  if (told === 'code') return <AfterDirectory />;
  return <Open told={told} password={password} />;
}

function Open({ told, password }: { told: string; password: ReactNode }) {
  const { t } = useText();
  const load = useCallback(() => call('get', '/api/staff/sign-in', { query: { told: told || undefined } }), [told]);
  const { data, problem } = useLoad(load);
  if (!data) return problem ? password : <p role="status">{t('shared.loading')}</p>;
  return (
    <>
      {data.told && (
        <div role="alert">
          <InlineAlert status="error" labelText={t('signin.failed')}>
            {data.told}
          </InlineAlert>
        </div>
      )}
      {data.directory && <ByDirectory />}
      <ByPassword ways={data}>{password}</ByPassword>
    </>
  );
}

function ByDirectory() {
  const { t } = useText();
  const act = useAct();
  const begin = async () => {
    const next = asked();
    const { address } = await call('post', '/api/staff/directory', { body: next ? { next } : {} });
    if (address) leave(address);
  };
  return (
    <div className={css.form}>
      <Failure problem={act.problem} title={t('signin.failed')} />
      <div>
        <Button aria-disabled={act.busy} onClick={() => void act.run(begin)}>
          {t('signin.directory.open')}
        </Button>
      </div>
    </div>
  );
}

/** The password's form; behind a word where only administrators still use it. */
function ByPassword({ ways, children }: { ways: SignInWays; children: ReactNode }) {
  const { t } = useText();
  if (!ways.directory) return children;
  if (ways.passwords === 'administrators')
    return (
      <details>
        <summary>{t('signin.directory.administrators')}</summary>
        {children}
      </details>
    );
  return (
    <>
      <h2>{t('signin.directory.or')}</h2>
      {children}
    </>
  );
}
