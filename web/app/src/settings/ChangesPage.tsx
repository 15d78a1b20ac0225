import { useCallback, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import { useLoad } from '../api/useLoad';
import { usePages } from '../api/usePages';
import { Failure } from '../look/Failure';
import { Told } from '../look/Told';
import { StaffFrame } from '../staff/StaffFrame';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { ChangeCard } from './ChangeCard';
import { type Asked, ChangesForm, everything, queryOf } from './ChangesForm';

/** Every change of a setting: who, when and what differs. Each can be taken back. */
export default function ChangesPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/lead/changes" title={t('staff.areas.changes')}>
      <h1>{t('staff.areas.changes')}</h1>
      <p>{t('settings.intro')}</p>
      <Chosen />
    </StaffFrame>
  );
}

function Chosen() {
  const { lang } = useText();
  const [asked, setAsked] = useState<Asked>(everything);
  const [told, setTold] = useState('');
  const loadServices = useCallback(() => call('get', '/api/chat/services', { query: { lang } }), [lang]);
  const { data } = useLoad(loadServices);
  const ask = (what: Asked) => {
    setTold('');
    setAsked(what);
  };
  return (
    <>
      <ChangesForm services={data?.services ?? []} onAsk={ask} />
      <Told>{told}</Told>
      <Lines asked={asked} onTold={setTold} />
    </>
  );
}

function Lines({ asked, onTold }: { asked: Asked; onTold: (text: string) => void }) {
  const { t, lang } = useText();
  const load = useCallback((before?: string) => call('get', '/api/settings/changes', { query: { lang, ...queryOf(asked), ...(before && { before }) } }), [asked, lang]);
  const { data, problem, reload, pages, more, act } = usePages(load);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  const all = pages.flatMap(({ changes }) => changes);
  const restored = (name: string) => {
    onTold(t('settings.restore.done', { name }));
    reload();
  };
  return (
    <>
      <Failure problem={problem} onRetry={reload} />
      <p role="status">{all.length === 0 ? t('settings.empty') : t('settings.count', { n: all.length })}</p>
      {all.map((one) => (
        <ChangeCard key={one.line} change={one} onRestored={restored} />
      ))}
      <Failure problem={act.problem} />
      {more && (
        <div className={css.row}>
          <Button variant="secondary" onClick={more}>
            {t('settings.older')}
          </Button>
        </div>
      )}
    </>
  );
}
