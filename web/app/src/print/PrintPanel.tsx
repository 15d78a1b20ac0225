import { useEffect, useState } from 'react';
import { call } from '../api/client';
import type { ContactView, MadePrintout } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Panel } from '../desk/Panel';
import { mask } from '../live/mask';
import { ReasonField, TextField } from '../look/Field';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { PaperStep } from './PaperStep';

interface Props {
  view: ContactView;
  onCancel: () => void;
}

/** Prints what is open for the clarification of a case: first its number, then the page, which opens once. */
export function PrintPanel({ view, onCancel }: Props) {
  const { t, lang } = useText();
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const [made, setMade] = useState<MadePrintout | null>(null);
  const [lacks, setLacks] = useState<Record<string, string>>({});
  const act = useAct();
  const faults = { ...act.problem?.fields, ...lacks };
  const first = ['case_number', 'reason'].find((name) => faults[name]);
  useEffect(() => {
    if (first) document.getElementsByName(`print.${first}`)[0]?.focus();
  }, [first, lacks, act.problem]);
  const { printing, reading, contact } = view;
  if (!printing) return null;
  if (made) return <PaperStep made={made} onClose={onCancel} />;

  const doIt = async () => {
    const found = lacking(number, reason, t);
    setLacks(found);
    if (Object.keys(found).length > 0) return;
    const body = { case_number: number.trim(), purpose: reading.purpose, reason: mask(reason.trim()) };
    setMade(await call('post', '/api/desk/contacts/{contact}/printouts', { at: { contact }, body }));
  };
  const day = formatDay(lang, printing.destroy_by);
  return (
    <Panel id="print-title" title={t('desk.print.title')} doIt={t('desk.print.do')} act={first ? { ...act, problem: null } : act} onDo={doIt} onCancel={onCancel}>
      <p>{t('desk.print.text', { purpose: reading.name || reading.purpose, length: printing.length, day })}</p>
      <TextField label={t('desk.print.number')} name="print.case_number" hint={t('desk.print.numberHint')} value={number} onChange={setNumber}
        maxLength={80} autoComplete="off" fault={faults.case_number} />
      <ReasonField name="print.reason" value={reason} onChange={setReason} fault={faults.reason} />
    </Panel>
  );
}

/** What is missing; a personal identity code in the number is told here, so that it is not even sent. */
function lacking(number: string, reason: string, t: ReturnType<typeof useText>['t']): Record<string, string> {
  const out: Record<string, string> = {};
  if (number.trim() === '') out.case_number = t('staff.required');
  else if (mask(number) !== number) out.case_number = t('desk.print.code');
  if (reason.trim() === '') out.reason = t('staff.required');
  return out;
}
