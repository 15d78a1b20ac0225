import { useCallback } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { RightsDraft } from '../api/shapes';
import { useAct } from '../api/useAct';
import { FileSource } from '../file/FileSource';
import { fetchFile } from '../file/transfer';
import { Failure } from '../look/Failure';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { FindForm } from './FindForm';
import { ItemList } from './ItemList';
import { OneRequest } from './OneRequest';
import { useRequestWords } from './requests';
import own from './rights.module.css';
import { SaidFacts } from './SaidFacts';

interface Props {
  id: string;
  onBack: (say?: string) => void;
}

/** One request for its official: find, decide about each text, finish. */
export function DraftPage({ id, onBack }: Props) {
  const { lang } = useText();
  const load = useCallback(() => call('get', '/api/unit/requests/{request}', { at: { request: id }, query: { lang } }), [id, lang]);
  return (
    <OneRequest load={load} onBack={() => onBack()}>
      {(data, done) => <Draft id={id} data={data} onDone={done} onBack={onBack} />}
    </OneRequest>
  );
}

interface DraftProps extends Props {
  data: RightsDraft;
  onDone: (say: string) => void;
}

function Draft({ id, data, onDone, onBack }: DraftProps) {
  const { t } = useText();
  const ready = data.request.status === 'ready';
  return (
    <>
      <Asked data={data} onBack={onBack} />
      {data.gone && <Gone ends={data.request.ends} />}
      {ready && <p>{t('rights.finish.ready')}</p>}
      {data.items.length > 0 && (
        <FileSource.Provider value={(n) => fetchFile(`/api/unit/requests/${id}/items/${n}/file`)}>
          <ItemList key={data.items.length} id={id} items={data.items} grounds={data.grounds} fixed={ready} onDecided={onDone} />
        </FileSource.Provider>
      )}
      {data.items.length > 0 && !ready && <Finish id={id} undecided={data.undecided} onBack={onBack} />}
      <FindForm id={id} draft={data} onFound={onDone} onBack={onBack} />
    </>
  );
}

function Asked({ data: { request, said }, onBack }: { data: RightsDraft; onBack: (say: string) => void }) {
  const { t } = useText();
  const words = useRequestWords();
  const act = useAct();
  const giveBack = () =>
    void act.run(async () => {
      await call('post', '/api/unit/requests/{request}/give-back', { at: { request: request.id } });
      onBack(t('rights.unit.gaveBack'));
    });
  return (
    <section className={css.card} aria-labelledby="asked">
      <h2 id="asked">{t('rights.intake.text')}</h2>
      <dl className={css.facts}>
        <dt>{t('rights.view.due')}</dt>
        <dd>
          {words.day(request.due)} ({words.left(request)}){request.warning && <div className={own.warning}>{words.warning(request)}</div>}
        </dd>
        {request.ends && (
          <>
            <dt>{t('rights.columns.ends')}</dt>
            <dd>{t('rights.lastDay', { day: words.day(request.ends) })}</dd>
          </>
        )}
      </dl>
      <SaidFacts said={said} />
      <Failure problem={act.problem} />
      {request.status === 'working' && (
        <Button variant="secondary" aria-disabled={act.busy} onClick={giveBack}>
          {t('rights.unit.giveBack')}
        </Button>
      )}
    </section>
  );
}

/** Retention ended what was found: told as what it is. */
function Gone({ ends }: { ends: string }) {
  const { t } = useText();
  const words = useRequestWords();
  return <p role="status">{ends ? t('rights.find.gone', { day: words.day(ends) }) : t('rights.find.goneNoDay')}</p>;
}

function Finish({ id, undecided, onBack }: { id: string; undecided: number; onBack: (say: string) => void }) {
  const { t } = useText();
  const act = useAct();
  const finish = () => {
    if (undecided > 0) return;
    void act.run(async () => {
      await call('post', '/api/unit/requests/{request}/finish', { at: { request: id } });
      onBack(t('rights.finish.done'));
    });
  };
  return (
    <section className={css.card} aria-labelledby="finish">
      <h2 id="finish">{t('rights.finish.title')}</h2>
      <p id="finish-text">{undecided > 0 ? t('rights.finish.wait') : t('rights.finish.text')}</p>
      <Failure problem={act.problem} />
      <Button aria-disabled={act.busy || undecided > 0} aria-describedby="finish-text" onClick={finish}>
        {t('rights.finish.doIt')}
      </Button>
    </section>
  );
}
