import type { Send } from '../file/useAttachment';
import { mask } from '../live/mask';
import type { Conversation } from './conversation';

/** Loaded when it is needed: most chats take no files. */
const transfer = () => import('../file/transfer');

/** Sends a file with words that may be none. Throws a Problem; nothing is shown before it has been stored. */
export const sendFileIn = (conversation: Conversation): Send => async (file, { clientId, text }, onProgress, signal) => {
  const { contact, token } = conversation.access;
  const about = { clientId, lang: conversation.lang, text: mask(text) };
  const { sendFile } = await transfer();
  conversation.wrote();
  const posted = await sendFile({ path: `/api/chat/contacts/${contact}/files`, token, about, file, onProgress, signal });
  conversation.exists(posted.n);
};

/** Fetches the file of message `n`. Throws a Problem. */
export const fetchFileIn = ({ access: { contact, token } }: Conversation) => async (n: number) =>
  (await transfer()).fetchFile(`/api/chat/contacts/${contact}/messages/${n}/file`, { token });
