import type { SettingChange } from '../api/shapes';
import type { Key } from '../text/lookup';

/** One part of one thing that is set: it has version numbers of its own. */
export interface Thing {
  kind: string;
  id: string;
  part: string;
}

export const KINDS = ['service', 'answer', 'staff', 'directory'] as const;

/** "Palveluajat": what a part is called; an id that a later version wrote is shown as it is. */
export const partKey = ({ kind, part }: Pick<SettingChange, 'kind' | 'part'>) => `settings.parts.${kind}.${part}` as Key;

/** Kinds of which only administrators see and set anything. */
export const ofAdministrators = (kind: string) => kind === 'staff' || kind === 'directory';

/** Of one thing, so that lines can be compared. */
export const sameThing = (a: Thing, b: Thing) => a.kind === b.kind && a.id === b.id && a.part === b.part;
