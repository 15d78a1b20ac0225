import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { type Fate, fatesOf } from './time';
import type { Passed } from './TimePage';

/** What the passing of time destroyed: how many records opened before, and how many do now. */
export function TimePassed({ passed }: { passed: Passed }) {
  const { t, number } = useText();
  const fates = fatesOf(passed.before, passed.left);
  return (
    <section className={page.part} aria-labelledby="time-passed">
      <FocusedHeading level={2} id="time-passed">
        {t('admin.time.done')}
      </FocusedHeading>
      <p>
        {t('admin.time.days', { n: passed.days })} {t('admin.time.destroyed', { n: passed.destroyed })}
      </p>
      {fates.length === 0 ? (
        <p>{t('admin.time.nothing')}</p>
      ) : (
        <TableBox caption={t('admin.time.caption')}>
          <thead>
            <tr>
              <th scope="col">{t('admin.time.register')}</th>
              <th scope="col" className={css.number}>
                {t('admin.time.before')}
              </th>
              <th scope="col" className={css.number}>
                {t('admin.time.after')}
              </th>
              <th scope="col">{t('admin.time.change')}</th>
            </tr>
          </thead>
          <tbody>
            {fates.map((fate) => (
              <tr key={fate.key}>
                <th scope="row">
                  {fate.notice}
                  <div className={css.muted}>{fate.group}</div>
                </th>
                <td className={css.number}>{number(fate.before)}</td>
                <td className={css.number}>{number(fate.after)}</td>
                <td>
                  <Change fate={fate} />
                </td>
              </tr>
            ))}
          </tbody>
        </TableBox>
      )}
    </section>
  );
}

function Change({ fate: { before, after } }: { fate: Fate }) {
  const { t, number } = useText();
  if (after === before) return t('admin.time.same');
  if (after > before) return t('admin.time.more', { n: number(after - before) });
  return <strong>{after === 0 ? t('admin.time.gone') : t('admin.time.fewer', { n: number(before - after) })}</strong>;
}
