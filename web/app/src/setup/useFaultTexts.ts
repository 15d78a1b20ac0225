import type { Fault } from '../look/FaultSummary';
import { spanFaults } from '../lead/hours';
import { isLang } from '../text/lookup';
import { useText } from '../text/TextProvider';
import type { Draft, DraftFault } from './draft';

/** Words for the faults of a draft: the field's label and what is wrong with it. */
export function useFaultTexts(draft: Draft, minLength: number): (faults: readonly DraftFault[]) => Fault[] {
  const { t } = useText();
  const label = useLabel(draft);
  const hours = spanFaults(draft.hours);
  const text = ({ name, fault }: DraftFault) => {
    if (fault !== 'hours') return t(`setup.faults.${fault}`, { min: minLength });
    const found = hours.get(name.slice('hours.'.length));
    return found ? t(`lead.hours.faults.${found}`) : '';
  };
  return (faults) => faults.map((fault) => ({ name: fault.name, label: label(fault.name), text: text(fault) }));
}

function useLabel(draft: Draft): (name: string) => string {
  const { t } = useText();
  return (name) => {
    const [part = '', field = '', last = ''] = name.split('.');
    const lang = isLang(last) ? `, ${t(`shared.languages.${last}`)}` : '';
    if (part === 'code') return t('setup.code.code');
    if (part === 'topics') return `${t('setup.topics.one', { n: Number(field) + 1 })}${lang}`;
    if (part === 'hours') {
      const span = draft.hours.find(({ id }) => String(id) === field);
      return span ? t('lead.hours.at', { day: t(`lead.days.${span.weekday}`), edge: t(last === 'opens' ? 'lead.hours.opens' : 'lead.hours.closes') }) : '';
    }
    const labels: Record<string, string> = {
      'account.username': t('setup.account.username'),
      'account.name': t('setup.account.name'),
      'account.email': t('setup.account.email'),
      'account.password': t('setup.account.password'),
      'account.again': t('setup.account.again'),
      'adviser.username': t('setup.account.username'),
      'adviser.name': t('setup.account.name'),
      'adviser.email': t('setup.account.email'),
      'authority.name': t('setup.authority.name'),
      'authority.slug': t('setup.authority.slug'),
      'contacts.address': t('setup.contacts.address'),
      'contacts.email': t('setup.contacts.email'),
      'contacts.dpo': t('setup.contacts.dpo'),
      'service.template': t('setup.service.template'),
      'service.name': t('setup.service.name'),
      'service.languages': t('setup.service.languages'),
    };
    return `${labels[`${part}.${field}`] ?? name}${lang}`;
  };
}
