import { useCallback, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { RightsView } from '../api/shapes';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { AcceptForm } from './AcceptForm';
import { AnswerForm } from './AnswerForm';
import { Deliver } from './Deliver';
import { ExtendForm } from './ExtendForm';
import { About } from './IntakeForm';
import { OneRequest } from './OneRequest';
import { useRequestWords } from './requests';
import own from './rights.module.css';
import { SaidFacts } from './SaidFacts';

interface Props {
  id: string;
  onBack: (say?: string) => void;
}

/** One request for the registry: what is asked, who asks, and what comes next. */
export function RequestPage({ id, onBack }: Props) {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/registry/requests/{request}', { at: { request: id }, query: { lang } }), [id, lang]);
  return (
    <OneRequest load={load} onBack={() => onBack()}>
      {(data, done) => (
        <>
          <Stands view={data} />
          <Next view={data} onDone={done} />
          <section className={css.card} aria-labelledby="about">
            <h2 id="about">{t('rights.view.about')}</h2>
            <About about={data.about} />
          </section>
        </>
      )}
    </OneRequest>
  );
}

/** Where the request stands and what is in it. */
function Stands({ view: { request, said } }: { view: RightsView }) {
  const { t } = useText();
  const words = useRequestWords();
  return (
    <section className={css.card} aria-labelledby="said">
      <h2 id="said">{t('rights.view.said')}</h2>
      <dl className={css.facts}>
        <dt>{t('rights.view.due')}</dt>
        <dd>
          {words.day(request.due)} {request.status !== 'closed' && `(${words.left(request)})`}
          {request.warning && <div className={own.warning}>{words.warning(request)}</div>}
        </dd>
        <dt>{t('rights.view.status')}</dt>
        <dd>
          {[t(`rights.status.${request.status}`), words.link(request)].filter(Boolean).join(', ')}
        </dd>
        {request.outcome && (
          <>
            <dt>{t('rights.view.outcome')}</dt>
            <dd>{t(`rights.answer.outcomes.${request.outcome}`)}</dd>
          </>
        )}
        <dt>{t('rights.number')}</dt>
        <dd className={css.code}>{request.id}</dd>
      </dl>
      <SaidFacts said={said} hide={['decision', 'handler', 'closed_at']} />
    </section>
  );
}

/** What the registry can do now: one thing first, the others behind buttons. */
function Next({ view: { request, said }, onDone }: { view: RightsView; onDone: (say: string) => void }) {
  const { t } = useText();
  const [form, setForm] = useState<'' | 'extend' | 'answer'>('');
  const { status, outcome, extended, told } = request;
  const given = outcome === 'granted' || outcome === 'partly_granted';
  const copied = given && request.warning !== 'ended';
  const finish = (say: string) => {
    setForm('');
    onDone(say);
  };
  const reasons = said.find(({ id }) => id === 'extension')?.value;
  return (
    <>
      {told && status !== 'closed' && <p>{t(`rights.extend.told.${told}`, { reasons: reasons ?? '' })}</p>}
      {status === 'received' && <AcceptForm id={request.id} onDone={finish} />}
      {copied && (status === 'ready' || (status === 'closed' && request.link)) && <Deliver request={request} onDone={() => onDone('')} />}
      {form === 'extend' && <ExtendForm id={request.id} onDone={finish} onCancel={() => setForm('')} />}
      {(form === 'answer' || (status === 'ready' && !copied)) && <AnswerForm request={request} onDone={finish} onCancel={form === 'answer' ? () => setForm('') : undefined} />}
      {form === '' && status !== 'closed' && (
        <div className={css.row}>
          {!extended && request.days_left >= 0 && (
            <Button variant="secondary" onClick={() => setForm('extend')}>
              {t('rights.extend.open')}
            </Button>
          )}
          {status !== 'working' && (status !== 'ready' || copied) && (
            <Button variant="secondary" onClick={() => setForm('answer')}>
              {t('rights.answer.open')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
