import type { Board, BoardContact, ContactView, DeskAnswers, DeskOptions, Handover, Me } from '../api/shapes';
import { message } from './chat';

/** A desk in a municipality that does not exist. */
export const AT = Date.parse('2026-11-23T10:00:00Z');

export const me = (part: Partial<Me> = {}): Me => ({
  id: 's_1',
  name: 'Aino Esimerkki',
  username: 'aino',
  authority: { id: 'mallila', name: 'Mallilan kunta' },
  roles: [{ role: 'adviser' }],
  must: [],
  totp: false,
  secrecy: true,
  demo: false,
  session: { idle_at: Date.now() + 3_600_000, ends_at: Date.now() + 36_000_000, warn_s: 120 },
  ...part,
});

export const mine = (contact: string, part: Partial<BoardContact> = {}): BoardContact => ({
  contact,
  service: 'citizens-advice',
  lang: 'fi',
  status: 'active',
  unread: 0,
  citizen_present: true,
  last_at: AT,
  ...part,
});

export const board = (part: Partial<Board> = {}): Board => ({
  me: { id: 's_1', presence: 'present', load: 1, capacity: 5 },
  mine: [],
  queues: [],
  advisers: [
    { id: 's_1', name: 'Aino Esimerkki', presence: 'present', load: 1, capacity: 5 },
    { id: 's_2', name: 'Pekka Malli', presence: 'present', load: 0, capacity: 5 },
  ],
  handovers: [],
  generated_at: AT,
  ...part,
});

/** What Pekka asks of Aino. */
export const handover = (part: Partial<Handover> = {}): Handover => ({
  contact: 'c_1',
  state: 'asked',
  service: 'citizens-advice',
  service_name: 'Kansalaisneuvonta',
  lang: 'fi',
  from: { id: 's_2', name: 'Pekka Malli' },
  to: { id: 's_1', name: 'Aino Esimerkki' },
  at: 1,
  ...part,
});

export const options: DeskOptions = {
  max_message: 4_000,
  services: [
    {
      id: 'citizens-advice',
      name: 'Kansalaisneuvonta',
      languages: ['fi', 'sv', 'en'],
      topics: [{ id: 'moving', name: 'Muuttaminen' }],
      outcomes: [
        { id: 'answered', name: 'vastattu' },
        { id: 'abusive', name: 'asiaton' },
      ],
      purposes: [{ id: 'return', name: 'palaaminen aiempaan asiaan', reason: true }],
      search_by: ['reference', 'email'],
      notice: { id: 'citizens-advice', name: 'Kansalaisneuvonta', url: '/mallila/notices/citizens-advice' },
    },
  ],
};

export const view = (contact: string, part: Partial<ContactView> = {}): ContactView => ({
  contact,
  service: 'citizens-advice',
  service_name: 'Kansalaisneuvonta',
  lang: 'fi',
  status: 'active',
  topic: 'moving',
  opened_at: AT,
  mine: true,
  citizen_present: true,
  reading: { purpose: 'answer', name: 'vastaaminen', live: true, since: AT },
  fields: [],
  messages: [message(1, { contact, from: 'citizen', text: `kysymys ${contact}` })],
  last: 1,
  seen_by_citizen: 0,
  delivered_to_citizen: 0,
  seen_by_me: 0,
  keep: { line: 'Kaksi vuotta.', notice: { id: 'citizens-advice', name: 'Kansalaisneuvonta', url: '/mallila/notices/x' } },
  actions: ['reply', 'note', 'pass', 'close', 'end_abusive'],
  ...part,
});

/** Ready answers of the only service. */
export const deskAnswers = (part: Partial<DeskAnswers> = {}): DeskAnswers => ({
  answers: [
    { id: 'a_1', name: 'Tervehdys', shortcut: 'hei', text: { fi: 'Hei, tämä on {service}.', sv: 'Hej, det här är {service}.', en: '' } },
    { id: 'a_2', name: 'Passi', shortcut: 'passi', text: { fi: 'Passin myöntää poliisi: https://poliisi.example.fi', sv: '', en: '' } },
    { id: 'a_3', name: 'Ajat', shortcut: '', text: { fi: 'Avaamme {opens_at}. Terveisin {adviser}', sv: 'Vi öppnar {opens_at}.', en: '' } },
  ],
  values: { fi: { service: 'Kansalaisneuvonta' }, sv: { service: 'Medborgarrådgivningen' }, en: { service: 'Advice' } },
  adviser: false,
  variables: ['service', 'adviser', 'opens_at'],
  ...part,
});
