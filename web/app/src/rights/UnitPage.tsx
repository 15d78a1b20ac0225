import { useCallback, useState } from 'react';
import { call } from '../api/client';
import type { RightsRequest } from '../api/shapes';
import { useAct } from '../api/useAct';
import { usePages } from '../api/usePages';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import { NotOnPaper } from '../look/NotOnPaper';
import page from '../look/page.module.css';
import { Told } from '../look/Told';
import { useStep } from '../look/useStep';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { DraftPage } from './DraftView';
import { RequestTable } from './RequestTable';
import { useRequestWords } from './requests';

/** Requests for a copy as an official of the register's own unit handles them. */
export default function UnitPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/lead/requests" title={t('staff.areas.requests')}>
      <NotOnPaper>
        <Steps />
      </NotOnPaper>
    </StaffFrame>
  );
}

function Steps() {
  const [step, go] = useStep<string>('');
  const [told, setTold] = useState('');
  const back = (say = '') => {
    setTold(say);
    go('');
  };
  if (step) return <DraftPage id={step} onBack={back} />;
  return (
    <>
      <Told>{told}</Told>
      <List returned={told !== ''} onOpen={go} />
    </>
  );
}

function List({ returned, onOpen }: { returned: boolean; onOpen: (id: string) => void }) {
  const { t, lang } = useText();
  const words = useRequestWords();
  const act = useAct();
  const load = useCallback((after?: string) => call('get', '/api/unit/requests', { query: { lang, ...(after && { after }) } }), [lang]);
  const { data, problem, reload, pages, ...rest } = usePages(load);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  const requests = pages.flatMap((one) => one.requests);
  const take = ({ id }: RightsRequest) =>
    void act.run(async () => {
      await call('post', '/api/unit/requests/{request}/take', { at: { request: id } });
      onOpen(id);
    });
  const named = (request: RightsRequest) => ({ register: request.register_name, day: words.arrived(request) });
  const actions = (request: RightsRequest) => {
    if (request.mine)
      return (
        <button type="button" className={page.act} aria-label={t('rights.openOf', named(request))} onClick={() => onOpen(request.id)}>
          {t('rights.open')}
        </button>
      );
    if (request.taken) return t('rights.unit.colleague');
    return (
      <button type="button" className={page.act} aria-label={t('rights.unit.takeOf', named(request))} onClick={() => take(request)}>
        {t('rights.unit.take')}
      </button>
    );
  };
  return (
    <>
      <FocusedHeading take={returned}>{t('staff.areas.requests')}</FocusedHeading>
      <p>{t('rights.unit.intro')}</p>
      <Failure problem={act.problem} onRetry={reload} />
      {requests.length === 0 ? <p role="status">{t('rights.unit.empty')}</p> : <RequestTable requests={requests} {...rest} actions={actions} />}
    </>
  );
}
