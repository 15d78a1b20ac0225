import { Button } from 'suomifi-ui-components';
import type { AdminService } from '../../api/shapes';
import { useStateSentence } from '../../lead/OpenState';
import { FocusedHeading } from '../../look/Focused';
import page from '../../look/page.module.css';
import { TableBox } from '../../look/TableBox';
import { isLang } from '../../text/lookup';
import { useText } from '../../text/TextProvider';

interface Props {
  services: readonly AdminService[];
  onOpen: (id: string) => void;
  onNew: () => void;
}

/** Which services there are, under which register, and how they stand now. */
export function ServiceList({ services, onOpen, onNew }: Props) {
  const { t } = useText();
  const sentence = useStateSentence();
  return (
    <>
      <FocusedHeading take={false}>{t('staff.areas.adminServices')}</FocusedHeading>
      <p>{t('admin.services.intro')}</p>
      <div>
        <Button onClick={onNew}>{t('admin.services.new')}</Button>
      </div>
      {services.length === 0 ? (
        <p>{t('admin.services.none')}</p>
      ) : (
        <TableBox caption={t('admin.services.caption')}>
          <thead>
            <tr>
              {(['name', 'state', 'queues', 'topics', 'notice'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`admin.services.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {services.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <button type="button" className={page.act} onClick={() => onOpen(one.id)}>
                    {one.name}
                  </button>
                </th>
                <td>{sentence(one)}</td>
                <td>{one.languages.map((lang) => (isLang(lang) ? t(`shared.languages.${lang}`) : lang)).join(', ')}</td>
                <td>{one.topics.filter(({ retired }) => !retired).length}</td>
                <td>{one.notice.name}</td>
              </tr>
            ))}
          </tbody>
        </TableBox>
      )}
    </>
  );
}
