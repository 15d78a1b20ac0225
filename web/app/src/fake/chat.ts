import type { ChatService, ChatState, Message } from '../api/shapes';

/** Services and contacts of an authority that does not exist. */
export const advice: ChatService = {
  id: 'citizens-advice',
  name: 'Kansalaisneuvonta',
  description: 'Neuvomme julkisten palvelujen käytössä.',
  open: true,
  closes_at: Date.parse('2026-11-23T14:00:00Z'),
  languages: ['fi', 'sv', 'en'],
  topics: [
    { id: 'moving', name: 'Muuttaminen' },
    { id: 'family', name: 'Perhe' },
  ],
  fields: [
    { id: 'email', type: 'email', required: false, label: 'Sähköposti' },
    { id: 'phone', type: 'phone', required: false, label: 'Puhelinnumero' },
  ],
  notice: { id: 'citizens-advice', name: 'Kansalaisneuvonta', url: '/mallila/notices/citizens-advice' },
  keep_line: 'Säilytämme keskustelun 2 vuotta.',
};

export const guardianship: ChatService = {
  ...advice,
  id: 'guardianship-chat',
  name: 'Holhousasioiden chat',
  languages: ['fi'],
  topics: [],
  fields: [],
  keep_line: 'Säilytämme keskustelun 2 kuukautta.',
};

export const services = (...list: ChatService[]) => ({
  authority: { id: 'mallila', name: 'Mallilan kunta' },
  services: list,
});

export const state = (part: Partial<ChatState> = {}): ChatState => ({
  contact: 'c_1',
  service: 'citizens-advice',
  status: 'waiting',
  lang: 'fi',
  position: 3,
  adviser_present: false,
  last: 0,
  seen_by_adviser: 0,
  delivered_to_adviser: 0,
  ...part,
});

export const talking = (part: Partial<ChatState> = {}) =>
  state({ status: 'active', position: 0, adviser: { name: 'Aino' }, adviser_present: true, ...part });

export const message = (n: number, part: Partial<Message> = {}): Message => ({
  contact: 'c_1',
  n,
  at: Date.parse('2026-11-23T10:00:00Z') + n * 1_000,
  from: 'adviser',
  name: 'Aino',
  lang: 'fi',
  text: `viesti ${n}`,
  ...part,
});
