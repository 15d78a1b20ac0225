import type { Fault } from '../look/FaultSummary';
import { useText } from '../text/TextProvider';
import type { Span, SpanFault } from './hours';

/** The faults of the week's times as the summary above the form tells them. */
export function useHoursFaults(spans: readonly Span[], faults: ReadonlyMap<string, SpanFault>): Fault[] {
  const { t } = useText();
  return spans.flatMap(({ id, weekday }) =>
    (['opens', 'closes'] as const).flatMap((edge) => {
      const fault = faults.get(`${id}.${edge}`);
      if (!fault) return [];
      const label = t('lead.hours.at', { day: t(`lead.days.${weekday}`), edge: t(`lead.hours.${edge}`) });
      return [{ name: `hours.${id}.${edge}`, label, text: t(`lead.hours.faults.${fault}`) }];
    }),
  );
}
