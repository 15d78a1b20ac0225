import { useCallback, useMemo, useState } from 'react';
import { call } from '../api/client';
import { useLoad } from '../api/useLoad';
import { openLine } from '../live/line';
import { Failure } from '../look/Failure';
import { NotOnPaper } from '../look/NotOnPaper';
import { toSignIn } from '../staff/go';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { Desk } from './desk';
import { DeskContext } from './DeskContext';
import { Search } from './Search';

/** Earlier contacts for those who read without serving: clerks, officers, leads. */
export default function SearchPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/desk/search" title={t('desk.search.title')}>
      <NotOnPaper>
        <Loaded />
      </NotOnPaper>
    </StaffFrame>
  );
}

function Loaded() {
  const { lang } = useText();
  const load = useCallback(() => call('get', '/api/desk/options', { query: { lang } }), [lang]);
  const { data: options, problem, reload } = useLoad(load);
  // Never started: nothing is live on this page.
  const [desk] = useState(() => new Desk(openLine, toSignIn));
  const tools = useMemo(() => options && { desk, options }, [desk, options]);
  if (!tools) return <Failure problem={problem} onRetry={reload} />;
  return (
    <DeskContext value={tools}>
      <Search />
    </DeskContext>
  );
}
