import { call } from '../api/client';
import type { Account } from '../api/shapes';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { useAdmin } from './AdminContext';
import { ReasonStep } from './ReasonStep';
import { useHeading } from './useHeading';

interface Props {
  person: Account;
  onTold: (text: string) => void;
}

/** What can be done to another's way in: a new password, a lost authenticator app, the end of the duty. */
export function SigningIn({ person, onTold }: Props) {
  const { t } = useText();
  const { changed, made } = useAdmin();
  const at = { staff: person.id };
  const [heading, focus] = useHeading();
  const reset = async (reason: string) => {
    const { account, password } = await call('post', '/api/admin/staff/{staff}/password', { at, body: { reason } });
    onTold('');
    made(account, password);
  };
  const recover = async (reason: string) => {
    changed(await call('post', '/api/admin/staff/{staff}/totp-recovery', { at, body: { reason } }));
    onTold(t('admin.person.totp.done'));
    focus();
  };
  const disable = async (reason: string) => {
    changed(await call('post', '/api/admin/staff/{staff}/disable', { at, body: { reason } }));
    onTold(t('admin.person.disable.done'));
  };
  return (
    <section className={css.card} aria-labelledby="person-sign-in">
      <h2 id="person-sign-in" ref={heading} tabIndex={-1}>
        {t('admin.person.signIn')}
      </h2>
      <ReasonStep open={t('admin.person.reset.open')} title={t('admin.person.reset.title')} text={t('admin.person.reset.text')} onDo={reset} />
      {person.totp ? (
        <ReasonStep open={t('admin.person.totp.open')} title={t('admin.person.totp.title')} text={t('admin.person.totp.text')} danger onDo={recover} />
      ) : (
        <p className={css.muted}>{t('admin.person.totp.none')}</p>
      )}
      <ReasonStep open={t('admin.person.disable.open')} title={t('admin.person.disable.title')} text={t('admin.person.disable.text')} danger onDo={disable} />
    </section>
  );
}
