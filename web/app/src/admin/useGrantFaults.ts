import type { Fault } from '../look/FaultSummary';
import { useText } from '../text/TextProvider';
import { type GrantDraft, grantFault } from './grants';

/** The faults of rights as the summary above a form tells them. */
export function useGrantFaults(drafts: readonly GrantDraft[], today: string): Fault[] {
  const { t } = useText();
  return drafts.flatMap((draft) => {
    const fault = grantFault(draft, today);
    if (!fault) return [];
    const text = fault === 'role' ? t('staff.chooseOne') : t('admin.add.faults.until');
    return [{ name: `grant.${draft.id}.${fault}`, label: t(`admin.grants.${fault}`), text }];
  });
}
