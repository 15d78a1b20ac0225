import { call } from '../api/client';
import type { ChatState, Helped } from '../api/shapes';
import type { Pending } from '../live/thread';

/** The citizen's calls about one contact, opened by its token. */
export interface Access {
  contact: string;
  token: string;
}

const at = ({ contact }: Access) => ({ contact });

export const fetchState = (a: Access): Promise<ChatState> =>
  call('get', '/api/chat/contacts/{contact}', { at: at(a), token: a.token });

export const fetchMessages = (a: Access, after: number) =>
  call('get', '/api/chat/contacts/{contact}/messages', { at: at(a), token: a.token, query: { after } });

export const post = (a: Access, { clientId, text, lang }: Pending) =>
  call('post', '/api/chat/contacts/{contact}/messages', {
    at: at(a),
    token: a.token,
    body: { client_id: clientId, text, lang },
  });

export const stay = (a: Access): Promise<ChatState> =>
  call('post', '/api/chat/contacts/{contact}/stay', { at: at(a), token: a.token });

export const orderTranscript = (a: Access, email: string): Promise<ChatState> =>
  call('post', '/api/chat/contacts/{contact}/transcript', { at: at(a), token: a.token, body: { email } });

export const sayHelped = (a: Access, answer: Helped): Promise<void> =>
  call('post', '/api/chat/contacts/{contact}/helped', { at: at(a), token: a.token, body: { answer } });

/** Also used while the page is closing, so it outlives it. */
export const end = (a: Access): Promise<ChatState> =>
  call('post', '/api/chat/contacts/{contact}/end', { at: at(a), token: a.token, keepalive: true });

/** Tells that the page is closing; nobody waits for the answer. */
export const leave = (a: Access): void =>
  void call('post', '/api/chat/contacts/{contact}/leave', { at: at(a), token: a.token, keepalive: true }).catch(
    () => undefined,
  );
