import { useAct } from '../api/useAct';
import { FileSource } from '../file/FileSource';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import { useText } from '../text/TextProvider';
import { ClosePanel } from './ClosePanel';
import css from './desk.module.css';
import { fetchFileOf, reopen } from './desk-api';
import { useDesk, useNames } from './DeskContext';
import { EndAbusivePanel } from './EndAbusivePanel';
import type { Opened } from './opened';
import { HandoverNote } from './HandoverNote';
import { PassPanel } from './PassPanel';
import { PrintPanel } from '../print/PrintPanel';
import { spelled } from './shortcuts';
import { Timeline } from './Timeline';
import { Writer } from './Writer';

/** What is being done with the contact in hand, in place of a dialog. */
export type Step = 'write' | 'pass' | 'close' | 'abusive' | 'print';

interface Props {
  one: Opened;
  step: Step;
  onStep: (step: Step) => void;
  /** The contact was chosen by a key, so the focus comes along. */
  takeFocus: boolean;
}

/** The contact in hand: what it is, how it went, and one thing to do. */
export function ContactPane({ one, step, onStep, takeFocus }: Props) {
  const { desk } = useDesk();
  const { view, thread } = one;
  const { contact, actions } = view;
  const may = (action: (typeof actions)[number]) => actions.includes(action);
  const prints = step === 'print' && view.printing !== undefined;
  const done = () => {
    onStep('write');
    void desk.loadBoard();
  };
  const back = () => onStep('write');
  return (
    <>
      <Head one={one} step={step} onStep={onStep} takeFocus={takeFocus} />
      <HandoverNote contact={contact} />
      <FileSource.Provider value={(n) => fetchFileOf(contact, n)}>
        <Timeline thread={thread} onRetry={(id) => desk.retry(contact, id)} onDrop={(id) => desk.drop(contact, id)} />
      </FileSource.Provider>
      {step === 'pass' && may('pass') && <PassPanel view={view} onDone={done} onCancel={back} />}
      {step === 'close' && may('close') && <ClosePanel view={view} onDone={() => { done(); void desk.refresh(contact); }} onCancel={back} />}
      {step === 'abusive' && may('end_abusive') && <EndAbusivePanel view={view} onDone={() => { done(); void desk.refresh(contact); }} onCancel={back} />}
      {prints && <PrintPanel view={view} onCancel={back} />}
      {(step === 'write' || (step === 'print' ? !prints : !may(ACTION[step]))) && <Writer one={one} />}
    </>
  );
}

const ACTION = { pass: 'pass', close: 'close', abusive: 'end_abusive' } as const;

function Head({ one: { view }, step, onStep, takeFocus }: Props) {
  const { t } = useText();
  const names = useNames();
  const { desk } = useDesk();
  const { contact, status, actions } = view;
  const act = useAct();
  const again = async () => {
    await reopen(contact);
    await Promise.all([desk.refresh(contact), desk.loadBoard()]);
  };
  const steps = [
    { step: 'pass', action: 'pass', name: t('desk.head.pass'), key: spelled('pass') },
    { step: 'close', action: 'close', name: t('desk.head.close'), key: spelled('close') },
    { step: 'abusive', action: 'end_abusive', name: t('desk.head.abusive'), key: undefined },
  ] as const;
  return (
    <header className={css.head}>
      <div>
        <FocusedHeading take={takeFocus}>{names.contact(contact)}</FocusedHeading>
        <p className={css.muted}>
          {[view.service_name, names.lang(view.lang), t(`desk.head.status.${status}`)].filter(Boolean).join(' · ')}
          {(status === 'active' || status === 'waiting') && (
            <>
              {' · '}
              <b>{t(view.citizen_present ? 'desk.head.present' : 'desk.head.left')}</b>
            </>
          )}
        </p>
      </div>
      <div className={css.actions}>
        {steps
          .filter(({ action }) => actions.includes(action))
          .map((each) => (
            <button key={each.step} type="button" className={css.action} aria-expanded={step === each.step} aria-keyshortcuts={each.key}
              onClick={() => onStep(step === each.step ? 'write' : each.step)}>
              {each.name}
            </button>
          ))}
        {view.printing && (
          <button type="button" className={css.action} aria-expanded={step === 'print'} onClick={() => onStep(step === 'print' ? 'write' : 'print')}>
            {t('desk.head.print')}
          </button>
        )}
        {actions.includes('reopen') && (
          <button type="button" className={css.action} onClick={() => void act.run(again)}>
            {t('desk.head.reopen')}
          </button>
        )}
      </div>
      <Failure problem={act.problem} />
    </header>
  );
}
