import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { Account } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useAdmin } from './AdminContext';
import { ReasonStep } from './ReasonStep';
import { useHeading } from './useHeading';

interface Props {
  person: Account;
  onTold: (text: string) => void;
}

/** Without a secrecy commitment on record nothing opens for this person (S4-17). */
export function Secrecy({ person, onTold }: Props) {
  const { t } = useText();
  const { changed } = useAdmin();
  const act = useAct();
  const [heading, focus] = useHeading();
  const set = async (signed: boolean) => {
    changed(await call('put', '/api/admin/staff/{staff}/secrecy', { at: { staff: person.id }, body: { signed } }));
    onTold(t(signed ? 'admin.person.secrecy.recorded' : 'admin.person.secrecy.withdrawn'));
    focus();
  };
  return (
    <section className={css.card} aria-labelledby="person-secrecy">
      <h2 id="person-secrecy" ref={heading} tabIndex={-1}>
        {t('admin.list.secrecy')}
      </h2>
      <p>
        <strong>{t(person.secrecy ? 'admin.list.signed' : 'admin.list.missing')}</strong>
      </p>
      {person.secrecy ? (
        <ReasonStep
          open={t('admin.person.secrecy.withdraw')}
          title={t('admin.person.secrecy.withdrawTitle')}
          text={t('admin.person.secrecy.withdrawText')}
          reasoned={false}
          danger
          onDo={() => set(false)}
        />
      ) : (
        <>
          <p>{t('admin.person.secrecy.recordText')}</p>
          <Button variant="secondary" onClick={() => void act.run(() => set(true))}>
            {t('admin.person.secrecy.record')}
          </Button>
        </>
      )}
      <Failure problem={act.problem} />
    </section>
  );
}
