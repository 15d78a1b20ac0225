import { useState } from 'react';
import type { FoundContact } from '../api/shapes';
import { TableBox } from '../look/TableBox';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useNames } from './DeskContext';

const PAGE = 100;

/** What a search found, newest first. Nothing of it is open yet. */
export function FoundList({ contacts, onOpen }: { contacts: readonly FoundContact[]; onOpen: (contact: string) => void }) {
  const { t, dateTime, number } = useText();
  const names = useNames();
  const [shown, setShown] = useState(PAGE);
  const rest = contacts.length - shown;
  return (
    <>
      <p role="status">
        {contacts.length === 0 ? t('desk.search.none') : t('desk.search.found', { n: contacts.length })}
      </p>
      {contacts.length > 0 && (
        <TableBox caption={t('desk.search.title')}>
            <thead>
              <tr>
                <th scope="col">{t('desk.search.columns.opened')}</th>
                <th scope="col">{t('desk.search.columns.service')}</th>
                <th scope="col">{t('desk.search.columns.topic')}</th>
                <th scope="col">{t('desk.search.columns.status')}</th>
                <th scope="col">{t('desk.search.columns.action')}</th>
              </tr>
            </thead>
            <tbody>
              {contacts.slice(0, shown).map((each) => (
                <tr key={each.contact}>
                  <td>{dateTime(each.opened_at)}</td>
                  <td>{each.name}</td>
                  <td>{names.topic(each.service, each.topic)}</td>
                  <td>{t(`desk.head.status.${each.status}`)}</td>
                  <td>
                    <button type="button" className={css.link} onClick={() => onOpen(each.contact)}>
                      {t('desk.search.open', { when: dateTime(each.opened_at) })}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
        </TableBox>
      )}
      {rest > 0 && (
        <button type="button" className={css.link} onClick={() => setShown(shown + PAGE)}>
          {t('staff.more', { n: number(rest) })}
        </button>
      )}
    </>
  );
}
