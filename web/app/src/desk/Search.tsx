import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { ContactView, FoundContact } from '../api/shapes';
import { useAct } from '../api/useAct';
import { FileSource } from '../file/FileSource';
import { BackLink } from '../look/BackLink';
import { Failure } from '../look/Failure';
import { mask } from '../live/mask';
import { FocusedHeading } from '../look/Focused';
import { useAtField } from '../look/useAtField';
import { PrintPanel } from '../print/PrintPanel';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { readContact, readFileOf } from './desk-api';
import { useDesk } from './DeskContext';
import { Facts } from './Facts';
import { FoundList } from './FoundList';
import { opened } from './opened';
import { nameIn, type Query, SearchForm } from './SearchForm';
import { Timeline } from './Timeline';

interface Result {
  query: Query;
  contacts: readonly FoundContact[];
}

/** Earlier contacts: found by one exact value, opened one by one, each under a purpose on record. */
export function Search({ onLeave }: { onLeave?: () => void }) {
  const { t } = useText();
  const { options } = useDesk();
  const services = options.services.filter(({ search_by: by }) => by.length > 0);
  const [result, setResult] = useState<Result | null>(null);
  const [view, setView] = useState<ContactView | null>(null);
  const act = useAct();
  const apart = useAtField(act.problem, ['purpose', 'reason', 'value'], nameIn);

  const search = (query: Query) =>
    act.run(async () => {
      setResult(null);
      const { by, value, purpose, reason } = query;
      const { contacts } = await call('post', '/api/desk/search', { body: { by, value, purpose, reason: mask(reason) } });
      setResult({ query, contacts });
    });
  const open = (contact: string) =>
    act.run(async () => {
      if (result) setView(await readContact(contact, result.query.purpose, result.query.reason));
    });

  if (view) return <ReadView view={view} reason={result?.query.reason ?? ''} onBack={() => setView(null)} />;
  return (
    <div className={css.search}>
      {onLeave && <BackLink onBack={onLeave}>{t('desk.search.leave')}</BackLink>}
      <FocusedHeading>{t('desk.search.title')}</FocusedHeading>
      {services.length === 0 ? <p>{t('desk.search.noService')}</p> : <SearchForm services={services} problem={act.problem} onSearch={(query) => void search(query)} />}
      <Failure problem={apart} />
      {result && <FoundList contacts={result.contacts} onOpen={(contact) => void open(contact)} />}
    </div>
  );
}

/** One earlier contact, read only. Nothing more is pushed into it. */
function ReadView({ view, reason, onBack }: { view: ContactView; reason: string; onBack: () => void }) {
  const { t, dateTime } = useText();
  const [printing, setPrinting] = useState(false);
  return (
    <div className={css.search}>
      <BackLink onBack={onBack}>{t('desk.search.back')}</BackLink>
      <FocusedHeading>{`${view.service_name}, ${dateTime(view.opened_at)}`}</FocusedHeading>
      {view.printing && (
        <Button variant="secondary" aria-expanded={printing} onClick={() => setPrinting(!printing)}>
          {t('desk.head.print')}
        </Button>
      )}
      {printing && <PrintPanel view={view} onCancel={() => setPrinting(false)} />}
      <div className={css.read}>
        <FileSource.Provider value={(n) => readFileOf(view.contact, n, view.reading.purpose, reason)}>
          <Timeline thread={opened(view).thread} />
        </FileSource.Provider>
        <Facts view={view} />
      </div>
    </div>
  );
}
