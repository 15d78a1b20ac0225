import { useCallback, useEffect, useReducer, useState } from 'react';
import { call } from '../api/client';
import type { SetupDone } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { useStep } from '../look/useStep';
import { useText } from '../text/TextProvider';
import { Already } from './Already';
import { CheckStep } from './CheckStep';
import { Done } from './Done';
import { draftReducer, emptyDraft, STEPS, type StepName } from './draft';
import { Fields } from './Fields';
import { SetupFrame } from './SetupFrame';
import { loadChoices, type Choices } from './choices';
import { Step } from './Step';

/** The first start: one thing on a page, and everything done at the end or nothing. */
export default function SetupPage() {
  const { t, lang } = useText();
  const { data, problem, reload } = useLoad(useCallback(() => loadChoices(), []));
  if (data?.needed) return <Steps choices={data} />;
  return (
    <SetupFrame title={t('setup.title')}>
      {data && <Already lang={lang} />}
      {!data && (problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>)}
    </SetupFrame>
  );
}

function Steps({ choices }: { choices: Choices }) {
  const { t } = useText();
  const [draft, dispatch] = useReducer(draftReducer, emptyDraft);
  const [step, go] = useStep<StepName>('code');
  // A step that was opened from the last page leads back to it.
  const [checked, setChecked] = useState(false);
  const [done, setDone] = useState<SetupDone | null>(null);
  useWarning(draft !== emptyDraft && done === null);
  const at = STEPS.indexOf(step);

  const leave = async () => {
    if (step === 'code') await call('post', '/api/setup/code', { body: { code: draft.code.trim() } });
    const next = checked ? 'check' : (STEPS[at + 1] ?? 'check');
    if (next === 'check') setChecked(true);
    go(next);
  };
  const back = at === 0 ? undefined : () => go(STEPS[at - 1] ?? 'code');

  if (done)
    return (
      <SetupFrame title={t('setup.done.title')}>
        <Done done={done} draft={draft} />
      </SetupFrame>
    );
  return (
    <SetupFrame title={t(`setup.${step}.title`)}>
      {step === 'check' ? (
        <CheckStep draft={draft} choices={choices} onChange={go} onBack={() => go('adviser')} onDone={setDone} />
      ) : (
        <Step key={step} name={step} draft={draft} minLength={choices.minLength} onLeave={leave} onBack={back}>
          {(fault) => <Fields step={step} draft={draft} dispatch={dispatch} choices={choices} fault={fault} />}
        </Step>
      )}
    </SetupFrame>
  );
}

/** The browser asks before what was written is lost. */
function useWarning(written: boolean) {
  useEffect(() => {
    if (!written) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [written]);
}
