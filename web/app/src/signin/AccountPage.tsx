import { Button, InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { go, goOut } from '../staff/go';
import { useMe } from '../staff/MeProvider';
import { landing } from '../staff/roles';
import css from '../staff/staff.module.css';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { CodeDevice } from './CodeDevice';
import { PasswordForm } from './PasswordForm';

/** One's own account: what has to be done first, then what can be done. */
export default function AccountPage() {
  const { t } = useText();
  return (
    <StaffFrame title={t('signin.account.title')}>
      <Account />
    </StaffFrame>
  );
}

function Account() {
  const { t } = useText();
  const { me } = useMe();
  const first = me.must[0];
  return (
    <>
      <h1>{t(first ? 'signin.first' : 'signin.account.title')}</h1>
      {first === 'change_password' && <PasswordForm forced />}
      {first === 'enrol_totp' && <CodeDevice forced />}
      {!first && (
        <>
          <Who />
          <PasswordForm />
          <CodeDevice />
          <Everywhere />
        </>
      )}
    </>
  );
}

function Who() {
  const { t } = useText();
  const { me } = useMe();
  const roles = me.roles.map(({ role, service }) => `${t(`staff.roles.${role}`)} (${service || t('staff.allServices')})`);
  return (
    <section className={css.card}>
      <dl className={css.facts}>
        <dt>{t('signin.account.who')}</dt>
        <dd>{me.name}</dd>
        <dt>{t('signin.username')}</dt>
        <dd>{me.username}</dd>
        <dt>{t('signin.account.roles')}</dt>
        <dd>{roles.join(', ') || t('staff.none')}</dd>
      </dl>
      {!me.secrecy && <InlineAlert status="warning">{t('staff.noSecrecy')}</InlineAlert>}
      <Button variant="secondary" onClick={() => go(landing(me))}>
        {t('signin.account.go')}
      </Button>
    </section>
  );
}

function Everywhere() {
  const { t } = useText();
  const act = useAct();
  const leave = () => goOut(() => call('post', '/api/staff/sign-out-everywhere'));
  return (
    <section className={css.card}>
      <h2>{t('signin.account.everywhere')}</h2>
      <p>{t('signin.account.everywhereText')}</p>
      <Failure problem={act.problem} />
      <Button variant="secondary" onClick={() => void act.run(leave)}>
        {t('signin.account.everywhere')}
      </Button>
    </section>
  );
}
