import { useState } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import { openLine as realLine, type OpenLine } from '../live/line';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { Told } from '../look/Told';
import { useNow } from '../look/useNow';
import { PrintoutsDue } from '../print/Due';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { Active } from './Active';
import { LeadContext, type Lead } from './LeadContext';
import { Present } from './Present';
import { ServicesNow } from './ServicesNow';
import { Queues } from './Queues';
import { Situation } from './Situation';
import { Warnings } from './Warnings';
import { useOverview, type Watched } from './useOverview';

const TICK = 10_000;

/** The lead's page: who is present, who waits and who is served, as it changes. */
export default function LeadPage({ openLine = realLine }: { openLine?: OpenLine }) {
  const { t } = useText();
  const [warnings, setWarnings] = useState(0);
  const title = t('staff.areas.lead');
  return (
    <StaffFrame area="/lead" title={warnings > 0 ? t('lead.warn.tab', { n: warnings, title }) : title}>
      <h1>{title}</h1>
      <Live openLine={openLine} onCount={setWarnings} />
    </StaffFrame>
  );
}

interface LiveProps {
  openLine: OpenLine;
  /** How many limits are exceeded. */
  onCount: (warnings: number) => void;
}

function Live({ openLine, onCount }: LiveProps) {
  const { t } = useText();
  const watched = useOverview(openLine);
  const { overview, problem, line, reload } = watched;
  if (!overview) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  return (
    <>
      <div role="status" className={page.status}>{line === 'broken' && <InlineAlert status="warning">{t('lead.line.broken')}</InlineAlert>}</div>
      <Failure problem={problem} onRetry={reload} />
      <Parts watched={watched} onCount={onCount} />
    </>
  );
}

function Parts({ watched, onCount }: { watched: Watched } & Pick<LiveProps, 'onCount'>) {
  const { t } = useText();
  const { overview, at, reload } = watched;
  const now = useNow(TICK);
  const [said, setSaid] = useState('');
  if (!overview) return null;
  // Told in the server's time: a desk computer's clock may be wrong.
  const lead: Lead = { overview, now: overview.generated_at + Math.max(0, now - at), changed: reload, say: setSaid };
  if (overview.services.length === 0) return <p>{t('lead.state.none')}</p>;
  return (
    <LeadContext value={lead}>
      <Told>{said}</Told>
      <PrintoutsDue />
      <Warnings onCount={onCount} />
      <Situation />
      <Queues />
      <Active />
      <Present />
      <ServicesNow />
    </LeadContext>
  );
}
