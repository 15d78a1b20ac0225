import type { ContactView } from '../api/shapes';
import { useAct } from '../api/useAct';
import { useText } from '../text/TextProvider';
import { endAbusive } from './desk-api';
import { Panel } from './Panel';

interface Props {
  view: ContactView;
  onDone: () => void;
  onCancel: () => void;
}

/** Ends an abusive chat for good, asked once more. */
export function EndAbusivePanel({ view, onDone, onCancel }: Props) {
  const { t } = useText();
  const act = useAct();
  const doIt = async () => {
    await endAbusive(view.contact);
    onDone();
  };
  return (
    <Panel id="abusive-title" title={t('desk.abusive.title')} doIt={t('desk.abusive.do')} danger act={act} onDo={doIt} onCancel={onCancel}>
      <p>{t('desk.abusive.text')}</p>
    </Panel>
  );
}
