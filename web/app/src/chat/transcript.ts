import type { Message } from '../api/shapes';
import type { Text } from '../text/TextProvider';
import { eventText, isShown, senderOf } from './told';

export interface TranscriptHead {
  service: string;
  authority: string;
  reference: string | undefined;
}

/** The conversation as one HTML file that opens anywhere without script; made in the browser only. */
export function transcript(head: TranscriptHead, messages: readonly Message[], text: Text): string {
  const { t, lang, dateTime } = text;
  const shown = messages.filter((message) => isShown({ key: '', message }));
  const title = escape(`${head.service} – ${head.authority}`);
  const reference = head.reference ? `<p>${escape(t('chat.ended.reference'))} <b>${escape(head.reference)}</b></p>` : '';
  const first = messages[0];
  return [
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<style>body{font:1rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold;margin-top:1rem}dd{margin:0;white-space:pre-wrap}</style>',
    `</head><body><h1>${title}</h1>${first ? `<p>${escape(dateTime(first.at))}</p>` : ''}${reference}<dl>`,
    ...shown.map((message) => entry(message, text)),
    '</dl></body></html>',
  ].join('\n');
}

function entry(message: Message, { t, time }: Text): string {
  if (message.from === 'event') return `<dt>${escape(time(message.at))}</dt><dd>${escape(eventText(message, t))}</dd>`;
  const who = `${escape(senderOf(message, t))} ${escape(time(message.at))}`;
  return `<dt>${who}</dt><dd${message.lang && ` lang="${message.lang}"`}>${escape(wordsOf(message, t))}</dd>`;
}

/** The words of a message, and of its file the name alone. */
const wordsOf = ({ text, file }: Message, t: Text['t']) =>
  [text, file && t('shared.file.named', { name: file.name })].filter(Boolean).join('\n');

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** Hands the file to the browser's own saving. */
export function saveTranscript(head: TranscriptHead, messages: readonly Message[], text: Text) {
  const file = new Blob([transcript(head, messages, text)], { type: 'text/html;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `chat${head.reference ? `-${head.reference}` : ''}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
