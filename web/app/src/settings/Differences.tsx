import type { Difference } from '../api/shapes';
import { TableBox } from '../look/TableBox';
import { useText } from '../text/TextProvider';
import css from './settings.module.css';
import { useDifferenceWords } from './useDifferenceWords';

interface Props {
  caption: string;
  differences: readonly Difference[];
}

/** What was and what is, line by line. Texts are marked with their language. */
export function Differences({ caption, differences }: Props) {
  const { t } = useText();
  const { label, value } = useDifferenceWords();
  return (
    <TableBox caption={caption}>
      <thead>
        <tr>
          <th scope="col">{t('settings.what')}</th>
          <th scope="col">{t('settings.before')}</th>
          <th scope="col">{t('settings.after')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((one) => (
          <tr key={`${one.field} ${one.item ?? ''} ${one.lang ?? ''}`}>
            <th scope="row">{label(one)}</th>
            <td className={css.value} lang={one.before ? one.lang : undefined}>
              {value(one, one.before)}
            </td>
            <td className={css.value} lang={one.after ? one.lang : undefined}>
              {value(one, one.after)}
            </td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}
