import type { Me } from '../api/shapes';
import type { Key } from '../text/lookup';

export type Role = Me['roles'][number]['role'];

export const ROLES: readonly Role[] = ['adviser', 'lead', 'quality_reviewer', 'registry_clerk', 'data_protection_officer', 'administrator'];
export const isRole = (id: string): id is Role => (ROLES as readonly string[]).includes(id);

export interface Area {
  path: string;
  name: Key;
  /** Any of these may use it; the server decides again for every call. */
  roles: readonly Role[];
  /** These may use it too, and come to it another way than by the menu. */
  besides?: readonly Role[];
  demoOnly?: boolean;
}

/** An adviser searches within the desk, so that no chat has to be left. */
const readers: Role[] = ['lead', 'data_protection_officer'];

/** The staff's pages in the order of the menu: each role's own work first, then what it looks up. */
export const areas: readonly Area[] = [
  { path: '/desk', name: 'staff.areas.desk', roles: ['adviser'] },
  { path: '/lead', name: 'staff.areas.lead', roles: ['lead'] },
  { path: '/lead/services', name: 'staff.areas.services', roles: ['lead'] },
  { path: '/lead/advisers', name: 'staff.areas.advisers', roles: ['lead'] },
  { path: '/lead/answers', name: 'staff.areas.answers', roles: ['lead'] },
  { path: '/admin', name: 'staff.areas.staff', roles: ['administrator'] },
  { path: '/admin/services', name: 'staff.areas.adminServices', roles: ['administrator'] },
  { path: '/admin/directory', name: 'staff.areas.directory', roles: ['administrator'] },
  { path: '/admin/mail', name: 'staff.areas.mail', roles: ['administrator'] },
  { path: '/admin/keys', name: 'staff.areas.keys', roles: ['administrator'] },
  { path: '/lead/changes', name: 'staff.areas.changes', roles: ['lead', 'administrator'] },
  { path: '/officer', name: 'staff.areas.destruction', roles: ['data_protection_officer', 'administrator'] },
  { path: '/officer/audit', name: 'staff.areas.audit', roles: ['data_protection_officer'] },
  { path: '/officer/checkpoint', name: 'staff.areas.checkpoint', roles: ['data_protection_officer'] },
  { path: '/lead/requests', name: 'staff.areas.requests', roles: ['lead'] },
  { path: '/lead/days', name: 'staff.areas.days', roles: ['lead', 'data_protection_officer'] },
  { path: '/lead/report', name: 'staff.areas.report', roles: ['lead', 'data_protection_officer'] },
  { path: '/desk/search', name: 'staff.areas.search', roles: readers },
  { path: '/desk/printouts', name: 'staff.areas.printouts', roles: readers, besides: ['adviser'] },
  { path: '/review', name: 'staff.areas.review', roles: ['quality_reviewer'] },
  { path: '/review/training', name: 'staff.areas.training', roles: ['adviser', 'quality_reviewer'] },
  { path: '/registry', name: 'staff.areas.registry', roles: ['registry_clerk'] },
  { path: '/admin/time', name: 'staff.areas.time', roles: ['administrator'], demoOnly: true },
];

export const inMenu = (me: Me, area: Area): boolean => (!area.demoOnly || me.demo) && me.roles.some(({ role }) => area.roles.includes(role));

export const mayUse = (me: Me, area: Area): boolean => inMenu(me, area) || me.roles.some(({ role }) => area.besides?.includes(role));

/** Where each role's own work is, in the order in which somebody with several begins. */
const HOMES: readonly [Role, string][] = [
  ['adviser', '/desk'],
  ['lead', '/lead'],
  ['quality_reviewer', '/review'],
  ['registry_clerk', '/registry'],
  ['data_protection_officer', '/officer'],
  ['administrator', '/admin'],
];

export function landing({ must, roles }: Me): string {
  if (must.length > 0) return '/account';
  const home = HOMES.find(([role]) => roles.some((held) => held.role === role));
  return home?.[1] ?? '/account';
}
