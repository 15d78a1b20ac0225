import type { Account, AuditEntry, DyingGroup, LeadService, Overview, Report } from '../api/shapes';
import { AT } from './desk';

/** Services, plans, accounts and counts of an authority that does not exist. */
export const leadService = (part: Partial<LeadService> = {}): LeadService => ({
  id: 'citizens-advice',
  name: 'Kansalaisneuvonta',
  open: true,
  closure: { closed: false, message: { fi: '', sv: '', en: '' } },
  hours: [{ weekday: 1, opens: '09:00', closes: '15:00' }],
  holidays: [],
  widget: { origins: [], integrity: 'sha384-x' },
  languages: ['fi', 'sv', 'en'],
  routing: { push: [], offer_s: 30, widen_s: 0, warn_waiting: 0, warn_wait_s: 0, warn_nobody: false },
  versions: { texts: 0, topics: 0, queues: 0, hours: 0, holidays: 0, closure: 0, origins: 0, routing: 0 },
  ...part,
});

export const overview = (part: Partial<Overview> = {}): Overview => ({
  present: [
    { id: 's_aino', name: 'Aino Esimerkki', presence: 'present', load: 2, since: AT, capacity: 2, languages: ['fi', 'sv'], services: ['citizens-advice'] },
    { id: 's_bertel', name: 'Bertel Exempel', presence: 'busy', load: 0, since: AT, capacity: 5, languages: ['sv'], services: ['citizens-advice'] },
    { id: 's_ville', name: 'Ville Poissa', presence: 'away', load: 0, since: AT, capacity: 5, languages: ['fi', 'sv', 'en'], services: ['citizens-advice'] },
  ],
  queues: [
    { service: 'citizens-advice', name: 'Kansalaisneuvonta', language: 'fi', waiting: 1, longest_wait_s: 60, open: true, contacts: [{ contact: 'c_short', since: AT - 60_000, topic: 'moving' }] },
    { service: 'citizens-advice', name: 'Kansalaisneuvonta', language: 'sv', waiting: 1, longest_wait_s: 300, open: true, contacts: [{ contact: 'c_long', since: AT - 300_000 }] },
  ],
  active: [
    { contact: 'c_1', service: 'citizens-advice', lang: 'fi', adviser: { id: 's_aino', name: 'Aino Esimerkki' }, started_at: AT - 600_000, last_at: AT, waiting_since: AT - 240_000, citizen_present: true },
  ],
  services: [leadService()],
  generated_at: AT,
  ...part,
});

export const dying = (part: Partial<DyingGroup> = {}): DyingGroup => ({
  day: '2026-11-23',
  notice: { id: 'citizens-advice', name: 'Neuvontapalvelu', url: '/mallila/notices/citizens-advice' },
  version: 2,
  group: 'service_event',
  group_name: 'Yhteydenoton tiedot',
  sentence: 'Säilytämme tiedot enintään kaksi vuotta yhteydenoton päättymisestä.',
  state: 'living',
  records: 3,
  overdue: false,
  ...part,
});

export const entry = (part: Partial<AuditEntry> = {}): AuditEntry => ({
  at: AT,
  who: { id: 's_aino', name: 'Aino Esimerkki' },
  kind: 'staff',
  role: 'adviser',
  purpose: 'answer',
  action: 'reading-begin',
  notice: 'citizens-advice',
  group: 'service_event',
  row: 'c_1',
  outcome: 'allowed',
  leaf: 7,
  ...part,
});

export const account = (part: Partial<Account> = {}): Account => ({
  id: 's_aino',
  username: 'aino.mallila',
  name: 'Aino Esimerkki',
  email: 'aino@example.fi',
  grants: [{ id: 'g_1', role: 'adviser', from: AT }],
  secrecy: true,
  totp: true,
  disabled: false,
  ...part,
});

export const report = (rows: Report['tables'][number]['rows'] = []): Report => ({
  from: '2026-01-01',
  to: '2026-11-30',
  suppressed_below: 5,
  tables: (['day', 'service', 'language', 'topic', 'outcome', 'wait'] as const).map((by) => ({ by, rows: by === 'service' ? rows : [] })),
});
