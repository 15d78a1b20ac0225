import { createContext, use } from 'react';
import type { Account, Named } from '../api/shapes';
import { useText } from '../text/TextProvider';
import { isRole } from '../staff/roles';

/** What the steps of the staff page share. */
export interface Admin {
  services: readonly Named[];
  /** The server's time when the page was opened. */
  now: number;
  today: string;
  /** An account as the server has it after a change. */
  changed: (account: Account) => void;
  /** An account with a new password, which is shown this once. */
  made: (account: Account, password: string) => void;
}

export const AdminContext = createContext<Admin | null>(null);

export function useAdmin(): Admin {
  const admin = use(AdminContext);
  if (!admin) throw new Error('useAdmin outside AdminContext');
  return admin;
}

/** "palveluneuvoja (kaikki palvelut)": a right in words. */
export function useRightName(): (role: string, service: string | undefined) => string {
  const { t } = useText();
  const { services } = useAdmin();
  return (role, service) =>
    t('admin.list.role', {
      role: isRole(role) ? t(`staff.roles.${role}`) : role,
      service: service ? (services.find(({ id }) => id === service)?.name ?? service) : t('staff.allServices'),
    });
}
