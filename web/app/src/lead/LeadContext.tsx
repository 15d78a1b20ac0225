import { createContext, use } from 'react';
import type { Overview } from '../api/shapes';
import { isLang } from '../text/lookup';
import { useText } from '../text/TextProvider';

/** What the parts of the lead's page share. */
export interface Lead {
  overview: Overview;
  /** The server's time now, in milliseconds. */
  now: number;
  /** Call after a change: the overview is fetched again. */
  changed: () => void;
  /** Tells aloud and in sight what was done. */
  say: (text: string) => void;
}

export const LeadContext = createContext<Lead | null>(null);

export function useLead(): Lead {
  const lead = use(LeadContext);
  if (!lead) throw new Error('useLead outside LeadContext');
  return lead;
}

/** "Kansalaisneuvonta, suomi": how a queue is called. */
export function useQueueName(): (service: string, lang: string) => string {
  const { t } = useText();
  const { overview } = useLead();
  return (service, lang) => {
    const name = overview.services.find(({ id }) => id === service)?.name ?? service;
    return t('lead.queues.name', { service: name, lang: isLang(lang) ? t(`shared.languages.${lang}`) : lang });
  };
}
