import { useCallback, useEffect, useMemo, useState } from 'react';
import { call } from '../api/client';
import { useLoad } from '../api/useLoad';
import { openLine as realLine, type OpenLine } from '../live/line';
import { Failure } from '../look/Failure';
import { NotOnPaper } from '../look/NotOnPaper';
import { toSignIn } from '../staff/go';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { Desk } from './desk';
import { DeskContext } from './DeskContext';
import { DeskView } from './DeskView';

/** The adviser's page. */
export default function DeskPage({ openLine = realLine }: { openLine?: OpenLine }) {
  const { t } = useText();
  return (
    <StaffFrame area="/desk" title={t('desk.title')} fixed>
      <NotOnPaper>
        <Live openLine={openLine} />
      </NotOnPaper>
    </StaffFrame>
  );
}

function Live({ openLine }: { openLine: OpenLine }) {
  const { lang } = useText();
  const load = useCallback(() => call('get', '/api/desk/options', { query: { lang } }), [lang]);
  const { data: options, problem, reload } = useLoad(load);
  const [desk] = useState(() => new Desk(openLine, toSignIn));

  useEffect(() => {
    desk.start();
    return () => desk.stop();
  }, [desk]);

  const tools = useMemo(() => options && { desk, options }, [desk, options]);
  if (tools)
    return (
      <DeskContext value={tools}>
        <DeskView />
      </DeskContext>
    );
  return <Failure problem={problem} onRetry={reload} />;
}
