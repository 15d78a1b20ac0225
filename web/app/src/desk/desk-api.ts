import { call } from '../api/client';
import type { ContactView } from '../api/shapes';
import { type About, fetchFile, sendFile } from '../file/transfer';
import { mask } from '../live/mask';
import type { Pending } from '../live/thread';

/** The calls of the desk about one contact. */
const at = (contact: string) => ({ contact });

export const openContact = (contact: string): Promise<ContactView> =>
  call('get', '/api/desk/contacts/{contact}', { at: at(contact) });

export const readContact = (contact: string, purpose: string, reason: string): Promise<ContactView> =>
  call('post', '/api/desk/contacts/{contact}/read', { at: at(contact), body: { purpose, reason: mask(reason) } });

export const fetchMessages = (contact: string, after: number) =>
  call('get', '/api/desk/contacts/{contact}/messages', { at: at(contact), query: { after } });

export const post = (contact: string, { clientId, text, lang, kind }: Pending) =>
  call('post', '/api/desk/contacts/{contact}/messages', { at: at(contact), body: { client_id: clientId, text, lang, kind } });

export const postFile = (contact: string, file: File, about: About, onProgress: (part: number) => void, signal: AbortSignal) =>
  sendFile({ path: `/api/desk/contacts/${contact}/files`, about, file, onProgress, signal });

export const fetchFileOf = (contact: string, n: number) => fetchFile(`/api/desk/contacts/${contact}/messages/${n}/file`);

/** The file of a contact that is not in hand, for a purpose that goes on record. */
export const readFileOf = (contact: string, n: number, purpose: string, reason: string) =>
  fetchFile(`/api/desk/contacts/${contact}/messages/${n}/file`, { body: { purpose, reason: mask(reason) } });

export const take = (contact: string) => call('post', '/api/desk/contacts/{contact}/take', { at: at(contact) });

export interface PassTo {
  adviser?: string;
  service?: string;
  note: string;
  reason?: 'expertise' | 'language' | 'shift_ends' | 'workload' | '';
  /** Ask the colleague first. */
  ask?: boolean;
}

export function pass(contact: string, { adviser, service, note, reason, ask = false }: PassTo) {
  const to = adviser ? { to_adviser: adviser, ask, ...(reason ? { reason } : {}) } : { to_service: service ?? '' };
  return call('post', '/api/desk/contacts/{contact}/pass', { at: at(contact), body: note ? { ...to, note: mask(note) } : to });
}

export const accept = (contact: string) => call('post', '/api/desk/contacts/{contact}/handover', { at: at(contact) });

export const endHandover = (contact: string) => call('delete', '/api/desk/contacts/{contact}/handover', { at: at(contact) });

export const offer = (contact: string, authority: string, service: string, clientId: string) =>
  call('post', '/api/desk/contacts/{contact}/offer', { at: at(contact), body: { authority, service, client_id: clientId } });

export const close = (contact: string, topic: string, outcome: string) =>
  call('post', '/api/desk/contacts/{contact}/close', { at: at(contact), body: { topic, outcome } });

export const reopen = (contact: string) => call('post', '/api/desk/contacts/{contact}/reopen', { at: at(contact) });

export const endAbusive = (contact: string) =>
  call('post', '/api/desk/contacts/{contact}/end-abusive', { at: at(contact) });
