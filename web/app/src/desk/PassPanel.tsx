import { useState } from 'react';
import type { ContactView } from '../api/shapes';
import { useAct } from '../api/useAct';
import { SelectField, TextField } from '../look/Field';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { pass } from './desk-api';
import { useDesk, useDeskState } from './DeskContext';
import { Panel } from './Panel';

interface Props {
  view: ContactView;
  onDone: () => void;
  onCancel: () => void;
}

/** Hands the contact to a colleague who is present, or to a service's queue. */
export function PassPanel({ view, onDone, onCancel }: Props) {
  const { t } = useText();
  const { desk, options } = useDesk();
  const colleagues = useColleagues();
  const [to, setTo] = useState<'adviser' | 'service'>(colleagues.length > 0 ? 'adviser' : 'service');
  const [chosen, setAdviser] = useState('');
  // A colleague may come or go while this is being filled in.
  const adviser = colleagues.find(({ id }) => id === chosen)?.id ?? colleagues[0]?.id ?? '';
  const [service, setService] = useState(view.service);
  const [note, setNote] = useState('');
  const act = useAct();
  const targets = [
    { id: 'adviser', name: t('desk.pass.adviser') },
    { id: 'service', name: t('desk.pass.service') },
  ];

  const doIt = async () => {
    await pass(view.contact, to === 'adviser' ? { adviser, note } : { service, note });
    desk.forget(view.contact);
    onDone();
  };

  return (
    <Panel id="pass-title" title={t('desk.pass.title')} doIt={t('desk.pass.do')} act={act} onDo={doIt} onCancel={onCancel}>
      <div className={css.panelRow}>
        <SelectField label={t('desk.pass.to')} value={to} options={targets} onChange={(value) => setTo(value === 'service' ? 'service' : 'adviser')} />
        {to === 'service' && <SelectField label={t('desk.pass.whichService')} value={service} options={options.services} onChange={setService} />}
        {to === 'adviser' && colleagues.length > 0 && (
          <SelectField label={t('desk.pass.whichAdviser')} value={adviser} options={colleagues} onChange={setAdviser} />
        )}
      </div>
      {to === 'adviser' && colleagues.length === 0 && <p>{t('desk.pass.none')}</p>}
      <TextField label={t('desk.pass.note')} hint={t('desk.pass.noteHint')} rows={2} value={note} onChange={setNote} />
    </Panel>
  );
}

/** Others who are at their desks, with how much each has in hand. */
function useColleagues() {
  const { t } = useText();
  const { board } = useDeskState();
  const here = board?.advisers.filter(({ id, presence }) => id !== board.me.id && (presence === 'present' || presence === 'busy')) ?? [];
  return here.map(({ id, name, presence, load }) => ({
    id,
    name: t('desk.pass.adviserState', { name, presence: t(`desk.presence.${presence}`), n: load }),
  }));
}
