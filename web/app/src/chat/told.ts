import type { Message } from '../api/shapes';
import type { Line } from '../live/lines';
import type { Key } from '../text/lookup';
import type { Translate } from '../text/TextProvider';

/** What a citizen is told of a contact's own events; the rest are the desk's business. */
const TOLD: Partial<Record<NonNullable<Message['event']>, Key>> = {
  started: 'chat.events.started',
  taken: 'chat.events.taken',
  passed: 'chat.events.passed',
  queued: 'chat.events.queued',
  returned: 'chat.events.returned',
  adviser_gone: 'chat.events.adviser_gone',
  closed: 'chat.events.closed',
  reopened: 'chat.events.reopened',
};

export function isShown({ message: { from, event } }: Line): boolean {
  if (from === 'note') return false;
  return from !== 'event' || (event !== undefined && TOLD[event] !== undefined);
}

export function senderOf({ from, name }: Message, t: Translate): string {
  if (from === 'citizen') return t('chat.you');
  return name ? t('chat.adviserNamed', { name }) : t('chat.adviser');
}

export function eventText({ event, name, text }: Message, t: Translate): string {
  const key = event && TOLD[event];
  if (!key) return text;
  if (event === 'passed' && name) return t('chat.events.passedTo', { name });
  if (event === 'taken' && name) return t('chat.events.takenBy', { name });
  return t(key);
}
