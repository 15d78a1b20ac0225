import { isRole } from '../staff/roles';
import type { Key } from '../text/lookup';
import { useText } from '../text/TextProvider';

/**
 * Words for what the log keeps as permanent ids. An id without a word is shown as it is: the log
 * may hold what a later version wrote.
 */
export function useAuditWords() {
  const { t } = useText();
  const word = (group: 'actions' | 'purposes' | 'outcomes' | 'reasons') => (id: string) => {
    const key = `officer.audit.${group}.${id}`;
    const found = t(key as Key);
    return found === key ? id : found;
  };
  const role = (id: string) => (isRole(id) ? t(`staff.roles.${id}`) : id);
  const reason = (text: string) => (isRole(text) ? role(text) : word('reasons')(text));
  return { action: word('actions'), purpose: word('purposes'), outcome: word('outcomes'), reason, role };
}
