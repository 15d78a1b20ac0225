import type { Hours } from '../api/shapes';
import { TableBox } from '../look/TableBox';
import { useText } from '../text/TextProvider';
import { WEEKDAYS } from './hours';
import { useSpanText } from './useSpanText';

/** The week as a table: when a service is open. */
export function WeekTable({ caption, hours }: { caption: string; hours: readonly Hours[] }) {
  const { t } = useText();
  const spanText = useSpanText();
  return (
    <TableBox caption={caption}>
      <thead>
        <tr>
          <th scope="col">{t('lead.hours.day')}</th>
          <th scope="col">{t('lead.hours.span')}</th>
        </tr>
      </thead>
      <tbody>
        {WEEKDAYS.map((weekday) => (
          <tr key={weekday}>
            <th scope="row">{t(`lead.days.${weekday}`)}</th>
            <td>
              {hours
                .filter((each) => each.weekday === weekday)
                .sort((a, b) => a.opens.localeCompare(b.opens))
                .map(({ opens, closes }) => spanText(opens, closes))
                .join(', ') || t('lead.hours.closed')}
            </td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}
