import type { ReactNode } from 'react';
import type { DeskService } from '../api/shapes';
import { Pending } from '../look/Pending';
import { useText } from '../text/TextProvider';
import { useCountable } from './useCountable';
import { useToday } from './useToday';

/** What may be counted: of which services, up to which day, and whether of all together. */
export interface Countable {
  services: readonly DeskService[];
  today: string;
  all: boolean;
}

/** Shows counts once it is known what may be counted. */
export function WithCountable({ children }: { children: (may: Countable) => ReactNode }) {
  const { t } = useText();
  const today = useToday();
  const { services, all, problem, reload } = useCountable();
  if (!services || !today) return <Pending problem={problem} reload={reload} />;
  if (services.length === 0) return <p>{t('lead.report.none')}</p>;
  return children({ services, today, all });
}
