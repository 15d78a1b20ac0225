import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { Audience } from './text/load';

export interface Route {
  /** Below the authority's base; `{name}` is one segment, handed to the page as a property. */
  path: string;
  audience: Audience;
  // Each page has the properties that its own path names.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  page: LazyExoticComponent<ComponentType<any>>;
}

/** Every page of the browser's program. The server hands out one shell for all of them. */
export const routes: Route[] = [
  { path: '/chat/{service}', audience: 'citizen', page: lazy(() => import('./chat/ChatPage')) },
  { path: '/chat/{service}/embed', audience: 'citizen', page: lazy(() => import('./chat/ChatPage')) },
  { path: '/sign-in', audience: 'staff', page: lazy(() => import('./signin/SignInPage')) },
  { path: '/account', audience: 'staff', page: lazy(() => import('./signin/AccountPage')) },
  { path: '/desk', audience: 'staff', page: lazy(() => import('./desk/DeskPage')) },
  { path: '/desk/search', audience: 'staff', page: lazy(() => import('./desk/SearchPage')) },
  { path: '/desk/printouts', audience: 'staff', page: lazy(() => import('./print/PrintoutsPage')) },
  { path: '/lead', audience: 'staff', page: lazy(() => import('./lead/LeadPage')) },
  { path: '/lead/services', audience: 'staff', page: lazy(() => import('./lead/ServicesPage')) },
  { path: '/lead/advisers', audience: 'staff', page: lazy(() => import('./lead/AdvisersPage')) },
  { path: '/lead/answers', audience: 'staff', page: lazy(() => import('./lead/AnswersPage')) },
  { path: '/lead/changes', audience: 'staff', page: lazy(() => import('./settings/ChangesPage')) },
  { path: '/lead/days', audience: 'staff', page: lazy(() => import('./lead/DaysPage')) },
  { path: '/lead/report', audience: 'staff', page: lazy(() => import('./lead/ReportPage')) },
  { path: '/review', audience: 'staff', page: lazy(() => import('./review/ReviewPage')) },
  { path: '/review/training', audience: 'staff', page: lazy(() => import('./review/TrainingPage')) },
  { path: '/lead/requests', audience: 'staff', page: lazy(() => import('./rights/UnitPage')) },
  { path: '/registry', audience: 'staff', page: lazy(() => import('./rights/RegistryPage')) },
  { path: '/officer', audience: 'staff', page: lazy(() => import('./officer/DestructionPage')) },
  { path: '/officer/audit', audience: 'staff', page: lazy(() => import('./officer/AuditPage')) },
  { path: '/officer/checkpoint', audience: 'staff', page: lazy(() => import('./officer/CheckpointPage')) },
  { path: '/admin', audience: 'staff', page: lazy(() => import('./admin/StaffPage')) },
  { path: '/admin/services', audience: 'staff', page: lazy(() => import('./admin/services/AdminServicesPage')) },
  { path: '/admin/directory', audience: 'staff', page: lazy(() => import('./admin/DirectoryPage')) },
  { path: '/admin/mail', audience: 'staff', page: lazy(() => import('./admin/MailPage')) },
  { path: '/admin/keys', audience: 'staff', page: lazy(() => import('./admin/KeysPage')) },
  { path: '/admin/time', audience: 'staff', page: lazy(() => import('./admin/TimePage')) },
  { path: '/setup', audience: 'staff', page: lazy(() => import('./setup/SetupPage')) },
];

export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** The route of a path below the base, or null. A slash at the end does not matter. */
export function match(path: string): Match | null {
  const steps = split(path);
  for (const route of routes) {
    const params = paramsOf(split(route.path), steps);
    if (params) return { route, params };
  }
  return null;
}

const split = (path: string) => path.split('/').filter(Boolean);

function paramsOf(pattern: string[], steps: string[]): Record<string, string> | null {
  if (pattern.length !== steps.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const step = steps[i] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = decodeURIComponent(step);
    else if (part !== step) return null;
  }
  return params;
}
