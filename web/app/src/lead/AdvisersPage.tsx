import { Fragment, useCallback, useState } from 'react';
import { call } from '../api/client';
import type { LedAdviser } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import { Told } from '../look/Told';
import { StaffFrame } from '../staff/StaffFrame';
import css from '../staff/staff.module.css';
import { isLang } from '../text/lookup';
import { useText } from '../text/TextProvider';
import { SkillForm } from './SkillForm';

/** What the program offers each adviser of the lead's services: languages, services, how many at once. */
export default function AdvisersPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/lead/advisers" title={t('staff.areas.advisers')}>
      <h1>{t('staff.areas.advisers')}</h1>
      <p>{t('lead.advisers.intro')}</p>
      <Loaded />
    </StaffFrame>
  );
}

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/lead/advisers', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  const [editing, setEditing] = useState<string | null>(null);
  const [told, setTold] = useState('');
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  if (data.advisers.length === 0) return <p>{t('lead.advisers.none')}</p>;
  const leave = (id: string) => {
    setEditing(null);
    setTimeout(() => document.getElementById(`edit-${id}`)?.focus());
  };
  const saved = ({ id, name }: LedAdviser) => {
    setTold(t('lead.advisers.saved', { name }));
    reload();
    leave(id);
  };
  return (
    <>
      <Told>{told}</Told>
      <Failure problem={problem} onRetry={reload} />
      <TableBox caption={t('lead.advisers.caption')}>
        <thead>
          <tr>
            {(['name', 'languages', 'services'] as const).map((key) => (
              <th key={key} scope="col">
                {t(`lead.advisers.${key}`)}
              </th>
            ))}
            <th scope="col" className={css.number}>
              {t('lead.advisers.capacity')}
            </th>
            <th scope="col">{t('lead.advisers.action')}</th>
          </tr>
        </thead>
        <tbody>
          {[...data.advisers]
            .sort((a, b) => a.name.localeCompare(b.name, lang))
            .map((adviser) => (
              <Fragment key={adviser.id}>
                <Row adviser={adviser} onEdit={() => setEditing(adviser.id)} />
                {editing === adviser.id && (
                  <tr>
                    <td colSpan={5}>
                      <SkillForm adviser={adviser} onSaved={() => saved(adviser)} onCancel={() => leave(adviser.id)} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
        </tbody>
      </TableBox>
    </>
  );
}

function Row({ adviser, onEdit }: { adviser: LedAdviser; onEdit: () => void }) {
  const { t, number } = useText();
  const { id, name, languages, services, may, capacity } = adviser;
  const offered = may.filter((service) => services.includes(service.id)).map((service) => service.name);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{languages.map((lang) => (isLang(lang) ? t(`shared.languages.${lang}`) : lang)).join(', ')}</td>
      <td>{offered.length > 0 ? offered.join(', ') : t('lead.advisers.noService')}</td>
      <td className={css.number}>{number(capacity)}</td>
      <td>
        <button id={`edit-${id}`} type="button" className={page.act} aria-label={t('lead.advisers.editOf', { name })} onClick={onEdit}>
          {t('lead.advisers.edit')}
        </button>
      </td>
    </tr>
  );
}
