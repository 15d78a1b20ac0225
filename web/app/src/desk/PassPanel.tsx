import { useState } from 'react';
import type { ContactView } from '../api/shapes';
import { useAct } from '../api/useAct';
import { SelectField, TextField } from '../look/Field';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { pass } from './desk-api';
import { useDesk, useDeskState } from './DeskContext';
import { OfferFields, useElsewhere } from './OfferFields';
import { Panel } from './Panel';

interface Props {
  view: ContactView;
  onDone: () => void;
  onCancel: () => void;
}

const WAYS = ['adviser', 'service', 'elsewhere'] as const;
const HOW = ['ask', 'atOnce'] as const;
const REASONS = ['expertise', 'language', 'shift_ends', 'workload'] as const;
type Reason = (typeof REASONS)[number];

const oneOf = <T extends string>(all: readonly [T, ...T[]], value: string): T => all.find((each) => each === value) ?? all[0];

/** Hands the contact to a colleague who is present or to a queue, or shows the citizen another service. */
export function PassPanel({ view, onDone, onCancel }: Props) {
  const { t } = useText();
  const { desk } = useDesk();
  const colleagues = useColleagues();
  const services = useSameRegister(view);
  const elsewhere = useElsewhere(view);
  const [to, setTo] = useState<(typeof WAYS)[number]>(colleagues.length > 0 ? 'adviser' : 'service');
  const [chosen, setAdviser] = useState('');
  // A colleague may come or go while this is being filled in.
  const adviser = colleagues.find(({ id }) => id === chosen)?.id ?? colleagues[0]?.id ?? '';
  const [how, setHow] = useState<(typeof HOW)[number]>('ask');
  const [reason, setReason] = useState<Reason | ''>('');
  const [service, setService] = useState(view.service);
  const [note, setNote] = useState('');
  const act = useAct();
  const asks = to === 'adviser' && how === 'ask';

  const doIt = async () => {
    if (to === 'elsewhere') await elsewhere.offer();
    else await pass(view.contact, to === 'adviser' ? { adviser, note, reason, ask: asks } : { service, note });
    if (to !== 'elsewhere' && !asks) desk.forget(view.contact);
    onDone();
  };

  const doText = to === 'elsewhere' ? 'desk.pass.doOffer' : asks ? 'desk.pass.doAsk' : 'desk.pass.do';
  return (
    <Panel id="pass-title" title={t('desk.pass.title')} doIt={t(doText)} act={act} onDo={doIt} onCancel={onCancel}>
      <div className={css.panelRow}>
        <SelectField label={t('desk.pass.to')} value={to} options={WAYS.map((id) => ({ id, name: t(`desk.pass.${id}`) }))} onChange={(value) => setTo(oneOf(WAYS, value))} />
        {to === 'service' && <SelectField label={t('desk.pass.whichService')} value={service} options={services} onChange={setService} />}
        {to === 'adviser' && colleagues.length > 0 && (
          <>
            <SelectField label={t('desk.pass.whichAdviser')} value={adviser} options={colleagues} onChange={setAdviser} />
            <SelectField label={t('desk.pass.how')} value={how} options={HOW.map((id) => ({ id, name: t(`desk.pass.${id}`) }))} onChange={(value) => setHow(oneOf(HOW, value))} />
            <SelectField label={t('desk.pass.reason')} value={reason} empty={t('desk.pass.noReason')}
              options={REASONS.map((id) => ({ id, name: t(`desk.handover.reasons.${id}`) }))} onChange={(value) => setReason(REASONS.find((each) => each === value) ?? '')} />
          </>
        )}
      </div>
      {to === 'adviser' && colleagues.length === 0 && <p>{t('desk.pass.none')}</p>}
      {to === 'elsewhere' ? (
        <OfferFields elsewhere={elsewhere} />
      ) : (
        <TextField label={t('desk.pass.note')} hint={t('desk.pass.noteHint')} rows={2} value={note} onChange={setNote} />
      )}
    </Panel>
  );
}

/** The queues into which a contact may go: those that keep the register that its citizen was told of. */
function useSameRegister(view: ContactView) {
  const { options } = useDesk();
  return options.services.filter(({ notice }) => notice.id === view.keep.notice.id);
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
