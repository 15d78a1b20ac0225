import { type ReactNode, type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { FaultSummary } from '../look/FaultSummary';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { useAtField } from '../look/useAtField';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { type Draft, faultsOf, type StepName, STEPS } from './draft';
import { useFaultTexts } from './useFaultTexts';

interface Props {
  name: Exclude<StepName, 'check'>;
  draft: Draft;
  minLength: number;
  /** Goes on. Throws a Problem where the server refuses. */
  onLeave: () => Promise<void>;
  onBack: (() => void) | undefined;
  /** The fields, given what is wrong with each by its name. */
  children: (fault: (name: string) => string | undefined) => ReactNode;
}

/** One page of the first start. It is left only when nothing on it is wrong. */
export function Step({ name, draft, minLength, onLeave, onBack, children }: Props) {
  const { t } = useText();
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const apart = useAtField(act.problem, ['code']);
  const texts = useFaultTexts(draft, minLength);
  const faults = texts(faultsOf(name, draft, minLength));
  const shown = attempt > 0 ? faults : [];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (faults.length === 0) void act.run(onLeave);
  };
  return (
    <form className={page.form} onSubmit={submit} noValidate>
      <div>
        <p className={css.muted}>{t('setup.step', { n: STEPS.indexOf(name) + 1, all: STEPS.length })}</p>
        <FocusedHeading>{t(`setup.${name}.title`)}</FocusedHeading>
      </div>
      <p>{t(`setup.${name}.text`)}</p>
      <FaultSummary faults={shown} attempt={attempt} />
      {children((field) => shown.find((fault) => fault.name === field)?.text ?? act.problem?.fields[field])}
      <Failure problem={apart} />
      <div className={css.row}>
        <Button type="submit" aria-disabled={act.busy}>
          {t('setup.next')}
        </Button>
        {onBack && (
          <Button type="button" variant="secondary" onClick={onBack}>
            {t('setup.back')}
          </Button>
        )}
      </div>
    </form>
  );
}
