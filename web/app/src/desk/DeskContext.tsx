import { createContext, use, useSyncExternalStore } from 'react';
import type { DeskOptions, DeskService } from '../api/shapes';
import { isLang } from '../text/lookup';
import { useText } from '../text/TextProvider';
import type { Desk } from './desk';
import type { DeskSnapshot } from './desk-state';
import { handle } from './handle';

export interface DeskTools {
  desk: Desk;
  options: DeskOptions;
}

export const DeskContext = createContext<DeskTools | null>(null);

export function useDesk(): DeskTools {
  const tools = use(DeskContext);
  if (!tools) throw new Error('useDesk outside the desk');
  return tools;
}

export function useDeskState(): DeskSnapshot {
  const { desk } = useDesk();
  return useSyncExternalStore(desk.subscribe, desk.snapshot);
}

/** Names in the page's language for what the board tells by ids. */
export function useNames() {
  const { options } = useDesk();
  const { t } = useText();
  const service = (id: string): DeskService | undefined => options.services.find((each) => each.id === id);
  return {
    service: (id: string) => service(id)?.name ?? id,
    topic: (id: string, topic: string | undefined) => named(service(id)?.topics, topic),
    outcome: (id: string, outcome: string | undefined) => named(service(id)?.outcomes, outcome),
    lang: (lang: string) => (isLang(lang) ? t(`shared.languages.${lang}`) : lang),
    /** What an adviser calls a contact by: nobody's name is known. */
    contact: (contact: string) => t('desk.mine.number', { n: handle(contact) }),
  };
}

const named = (list: readonly { id: string; name: string }[] | undefined, id = '') =>
  list?.find((each) => each.id === id)?.name ?? id;

/** The end of an id is random, so that it tells two contacts apart. */
