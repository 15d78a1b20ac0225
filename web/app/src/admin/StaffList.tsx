import { useState } from 'react';
import { Button, Checkbox } from 'suomifi-ui-components';
import type { Account } from '../api/shapes';
import { TextField } from '../look/Field';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useAdmin, useRightName } from './AdminContext';
import { inForce, sought } from './grants';

const PAGE = 50;

interface Props {
  staff: readonly Account[];
  onOpen: (id: string) => void;
  onAdd: () => void;
}

/** Who has which rights. */
export function StaffList({ staff, onOpen, onAdd }: Props) {
  const { t, number } = useText();
  const [text, setText] = useState('');
  const [disabled, setDisabled] = useState(false);
  const [shown, setShown] = useState(PAGE);
  const found = sought(staff, text, disabled);
  const rest = found.length - shown;
  return (
    <>
      <h1>{t('staff.areas.staff')}</h1>
      <div className={css.row}>
        <TextField label={t('admin.list.find')} type="search" value={text} onChange={setText} autoComplete="off" size={30} />
        {staff.some((one) => one.disabled) && (
          <Checkbox checked={disabled} onClick={({ checkboxState }) => setDisabled(checkboxState)}>
            {t('admin.list.disabled')}
          </Checkbox>
        )}
        <Button onClick={onAdd}>{t('admin.add.open')}</Button>
      </div>
      <p role="status" className={page.count}>
        {found.length === 0 ? t('admin.list.none') : t('admin.list.found', { n: found.length })}
      </p>
      {found.length > 0 && (
        <TableBox caption={t('admin.list.caption')}>
          <thead>
            <tr>
              {(['name', 'username', 'roles', 'secrecy', 'totp', 'last'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`admin.list.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map((one) => (
              <Row key={one.id} one={one} onOpen={() => onOpen(one.id)} />
            ))}
          </tbody>
        </TableBox>
      )}
      {rest > 0 && (
        <div>
          <button type="button" className={page.act} onClick={() => setShown(shown + PAGE)}>
            {t('staff.more', { n: number(rest) })}
          </button>
        </div>
      )}
    </>
  );
}

function Row({ one, onOpen }: { one: Account; onOpen: () => void }) {
  const { t, dateTime } = useText();
  const { now } = useAdmin();
  const rightName = useRightName();
  const rights = one.grants.filter((grant) => inForce(grant, now)).map(({ role, service }) => rightName(role, service));
  return (
    <tr>
      <th scope="row">
        <button type="button" className={page.act} onClick={onOpen}>
          {one.name}
        </button>{' '}
        {one.disabled && <span className={css.tag}>{t('admin.list.closed')}</span>}
      </th>
      <td>{one.username}</td>
      <td>{rights.length > 0 ? rights.join(', ') : <span className={css.muted}>{t('admin.list.noRoles')}</span>}</td>
      <td>{one.secrecy ? t('admin.list.signed') : <strong>{t('admin.list.missing')}</strong>}</td>
      <td>{one.totp ? t('admin.list.inUse') : t('staff.none')}</td>
      <td>{one.last_sign_in ? dateTime(one.last_sign_in) : t('admin.list.never')}</td>
    </tr>
  );
}
