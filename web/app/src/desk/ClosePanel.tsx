import { useEffect, useState } from 'react';
import type { ContactView } from '../api/shapes';
import { useAct } from '../api/useAct';
import { SelectField } from '../look/Field';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { close } from './desk-api';
import { useDesk } from './DeskContext';
import { Panel } from './Panel';

interface Props {
  view: ContactView;
  onDone: () => void;
  onCancel: () => void;
}

/** Ending in an abusive way has a step of its own. */
const OWN_STEP = 'abusive';

/** Closes with topic and outcome, which are counted once the contact settles. A missing topic is told at its field, which gets the focus. */
export function ClosePanel({ view, onDone, onCancel }: Props) {
  const { t } = useText();
  const { options } = useDesk();
  const service = options.services.find(({ id }) => id === view.service);
  const outcomes = service?.outcomes.filter(({ id }) => id !== OWN_STEP) ?? [];
  const topics = service?.topics.filter(({ id, retired }) => !retired || id === view.topic) ?? [];
  const [topic, setTopic] = useState(view.topic ?? '');
  const [outcome, setOutcome] = useState(outcomes[0]?.id ?? '');
  const act = useAct();
  const { problem } = act;
  const fault = problem?.fields.topic;
  useEffect(() => {
    if (problem?.fields.topic) document.getElementsByName('topic')[0]?.focus();
  }, [problem]);
  const doIt = async () => {
    await close(view.contact, topic, outcome);
    onDone();
  };

  return (
    <Panel id="close-title" title={t('desk.close.title')} doIt={t('desk.close.do')} act={fault ? { ...act, problem: null } : act} onDo={doIt} onCancel={onCancel}>
      <div className={css.panelRow}>
        {topics.length > 0 && (
          <SelectField label={t('desk.close.topic')} name="topic" value={topic} options={topics} empty={t('staff.choose')} onChange={setTopic} fault={fault} />
        )}
        <SelectField label={t('desk.close.outcome')} value={outcome} options={outcomes} onChange={setOutcome} />
      </div>
    </Panel>
  );
}
