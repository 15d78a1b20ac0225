import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { renderSVG } from 'uqr';
import { call } from '../api/client';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { go } from '../staff/go';
import { useMe } from '../staff/MeProvider';
import { landing } from '../staff/roles';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { CodeField, oneCode } from './CodeStep';

interface Enrolment {
  uri: string;
  secret: string;
}

/** The device that shows one-time codes: taking one into use, or another in its place. */
export function CodeDevice({ forced = false }: { forced?: boolean }) {
  const { t } = useText();
  const { me } = useMe();
  const [fresh, setFresh] = useState<Enrolment | null>(null);
  const [done, setDone] = useState(false);
  const act = useAct();
  const enrol = async () => setFresh(await call('post', '/api/staff/totp'));

  return (
    <section className={css.card}>
      <h2>{t('signin.account.totp')}</h2>
      <p>{t(forced ? 'signin.account.mustTotp' : me.totp ? 'signin.account.totpOn' : 'signin.account.totpOff')}</p>
      <div role="status">{done && <p className={css.done}>{t('signin.account.confirmed')}</p>}</div>
      <Failure problem={act.problem} />
      {fresh ? (
        <Confirm enrolment={fresh} forced={forced} onDone={() => { setFresh(null); setDone(true); }} />
      ) : (
        <Button variant={forced ? 'default' : 'secondary'} onClick={() => void act.run(enrol)}>
          {t(me.totp ? 'signin.account.renew' : 'signin.account.enrol')}
        </Button>
      )}
    </section>
  );
}

interface ConfirmProps {
  enrolment: Enrolment;
  forced: boolean;
  onDone: () => void;
}

function Confirm({ enrolment, forced, onDone }: ConfirmProps) {
  const { t } = useText();
  const { setMe } = useMe();
  const [code, setCode] = useState('');
  const act = useAct();

  const confirm = async () => {
    const me = await call('post', '/api/staff/totp/confirm', { body: { code: oneCode(code) } });
    setMe(me);
    onDone();
    if (forced && me.must.length === 0) go(landing(me));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(confirm);
  };

  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <p>{t('signin.account.scan')}</p>
      <img src={pictureOf(enrolment.uri)} alt={t('signin.account.qr')} width={200} height={200} />
      <p>
        {t('signin.account.secret')}: <span className={css.secret}>{enrolment.secret}</span>
      </p>
      <CodeField code={code} onChange={setCode} />
      <Failure problem={act.problem} />
      <Button type="submit">{t('signin.account.confirm')}</Button>
    </form>
  );
}

/** Drawn here: the secret goes to no other server and into no address. */
function pictureOf(uri: string): string {
  return `data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`;
}
