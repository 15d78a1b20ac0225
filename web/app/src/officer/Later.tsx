import { useState } from 'react';
import type { DyingGroup } from '../api/shapes';
import { SelectField } from '../look/Field';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { registersOf } from './destruction';
import { Dying } from './Dying';

/** A year of days in one register is one step of showing more. */
const PAGE = 50;

/** Everything that lives on, the soonest first; one register at a time if wished. */
export function Later({ today, buckets }: { today: string; buckets: readonly DyingGroup[] }) {
  const { t, number } = useText();
  const [register, setRegister] = useState('');
  const [shown, setShown] = useState(PAGE);
  const chosen = register ? buckets.filter(({ notice }) => notice.id === register) : buckets;
  const rest = chosen.length - shown;
  const choose = (id: string) => {
    setRegister(id);
    setShown(PAGE);
  };
  return (
    <section className={page.part} aria-labelledby="later">
      <h2 id="later">{t('officer.destruction.later')}</h2>
      <div className={css.row}>
        <SelectField label={t('officer.destruction.register')} value={register} options={registersOf(buckets)} empty={t('officer.destruction.all')} onChange={choose} />
      </div>
      {chosen.length === 0 ? (
        <p>{t('officer.destruction.none')}</p>
      ) : (
        <Dying caption={t('officer.destruction.laterCaption')} today={today} buckets={chosen.slice(0, shown)} />
      )}
      {rest > 0 && (
        <button type="button" className={page.act} onClick={() => setShown(shown + PAGE)}>
          {t('staff.more', { n: number(rest) })}
        </button>
      )}
    </section>
  );
}
