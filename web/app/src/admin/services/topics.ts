import type { ThreeTexts, TopicSetting } from '../../api/shapes';
import { noTexts } from '../../lead/threeTexts';

/** A topic while the list is edited: a new one has no id yet, so each has a key of its own. */
export interface Draft {
  key: string;
  id: string;
  name: ThreeTexts;
  retired: boolean;
}

export const draftsOf = (topics: readonly TopicSetting[]): Draft[] =>
  topics.map(({ id, name, retired }) => ({ key: id, id, name, retired: retired ?? false }));

export const newDraft = (n: number): Draft => ({ key: `new-${n}`, id: '', name: noTexts, retired: false });

/** What the server is told: the topics in use, in their order. The others it takes out of use by itself. */
export const settingsOf = (drafts: readonly Draft[]): TopicSetting[] => drafts.filter(({ retired }) => !retired).map(({ id, name }) => ({ id, name }));

export const changed = (drafts: readonly Draft[], key: string, part: Partial<Draft>): Draft[] =>
  drafts.map((one) => (one.key === key ? { ...one, ...part } : one));

/** One step up or down among those in use; at the end nothing moves. */
export function moved(drafts: readonly Draft[], key: string, by: -1 | 1): Draft[] {
  const used = drafts.filter(({ retired }) => !retired);
  const at = used.findIndex((one) => one.key === key);
  const other = used[at + by];
  if (at < 0 || !other) return [...drafts];
  const mine = used[at];
  return drafts.map((one) => (one === mine ? other : one === other && mine ? mine : one));
}

/** A topic that was never saved goes; another is kept for what it names. */
export const without = (drafts: readonly Draft[], key: string): Draft[] =>
  drafts.filter((one) => one.key !== key || one.id !== '').map((one) => (one.key === key ? { ...one, retired: true } : one));
