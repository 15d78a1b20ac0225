import { TableBox } from '../look/TableBox';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { isLang } from '../text/lookup';
import { useText } from '../text/TextProvider';
import { useLead } from './LeadContext';

const ORDER = ['present', 'busy', 'away', 'gone'];

/** The advisers of the lead's services, those who serve now first. */
export function Present() {
  const { t, number, time } = useText();
  const { overview } = useLead();
  const present = [...overview.present].sort(
    (a, b) => ORDER.indexOf(a.presence) - ORDER.indexOf(b.presence) || a.name.localeCompare(b.name),
  );
  return (
    <section className={page.part} aria-labelledby="lead-present">
      <h2 id="lead-present">{t('lead.present.title')}</h2>
      {present.length === 0 && <p>{t('lead.present.empty')}</p>}
      {present.length > 0 && (
        <TableBox caption={t('lead.present.caption')}>
          <thead>
            <tr>
              <th scope="col">{t('lead.present.name')}</th>
              <th scope="col">{t('lead.present.presence')}</th>
              <th scope="col" className={css.number}>
                {t('lead.present.since')}
              </th>
              <th scope="col" className={css.number}>
                {t('lead.present.load')}
              </th>
              <th scope="col">{t('lead.present.languages')}</th>
            </tr>
          </thead>
          <tbody>
            {present.map(({ id, name, presence, load, capacity, languages, since }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td className={presence === 'gone' ? css.muted : css.strong}>{t(`desk.presence.${presence}`)}</td>
                <td className={css.number}>{since ? time(since) : t('staff.none')}</td>
                <td className={css.number}>
                  {t('lead.present.of', { n: number(load), most: number(capacity) })} {presence === 'present' && load >= capacity && <span className={css.tag}>{t('lead.present.full')}</span>}
                </td>
                <td>{languages.map((lang) => (isLang(lang) ? t(`shared.languages.${lang}`) : lang)).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </TableBox>
      )}
    </section>
  );
}
