import { useCallback, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import { usePages } from '../api/usePages';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { Told } from '../look/Told';
import { useStep } from '../look/useStep';
import css from '../staff/staff.module.css';
import { StaffFrame } from '../staff/StaffFrame';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { IntakePage } from './IntakeForm';
import { RequestTable } from './RequestTable';
import { useRequestWords } from './requests';
import { RequestPage } from './RequestView';

type Step = { is: 'list' } | { is: 'new' } | { is: 'one'; id: string };

/** The registry's work with requests for a copy: it receives and delivers, and sees no register. */
export default function RegistryPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/registry" title={t('staff.areas.registry')}>
      <Steps />
    </StaffFrame>
  );
}

function Steps() {
  const { t, lang } = useText();
  const [step, go] = useStep<Step>({ is: 'list' });
  const [told, setTold] = useState('');
  const list = (say = '') => {
    setTold(say);
    go({ is: 'list' });
  };
  if (step.is === 'new') return <IntakePage onSaved={(day) => list(t('rights.intake.saved', { day: formatDay(lang, day) }))} onCancel={() => list()} />;
  if (step.is === 'one') return <RequestPage id={step.id} onBack={list} />;
  return (
    <>
      <Told>{told}</Told>
      <List returned={told !== ''} onAdd={() => go({ is: 'new' })} onOpen={(id) => go({ is: 'one', id })} />
    </>
  );
}

function List({ returned, onAdd, onOpen }: { returned: boolean; onAdd: () => void; onOpen: (id: string) => void }) {
  const { t, lang } = useText();
  const words = useRequestWords();
  const load = useCallback((after?: string) => call('get', '/api/registry/requests', { query: { lang, ...(after && { after }) } }), [lang]);
  const { data, problem, reload, pages, ...rest } = usePages(load);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  const requests = pages.flatMap((one) => one.requests);
  return (
    <>
      <FocusedHeading take={returned}>{t('staff.areas.registry')}</FocusedHeading>
      <p>{t('rights.registry.intro')}</p>
      <div className={css.row}>
        <Button onClick={onAdd}>{t('rights.intake.save')}</Button>
      </div>
      {requests.length === 0 ? (
        <p role="status">{t('rights.registry.empty')}</p>
      ) : (
        <RequestTable
          requests={requests}
          {...rest}
          actions={(request) => (
            <button type="button" className={page.act} aria-label={t('rights.openOf', { register: request.register_name, day: words.arrived(request) })} onClick={() => onOpen(request.id)}>
              {t('rights.open')}
            </button>
          )}
        />
      )}
    </>
  );
}
