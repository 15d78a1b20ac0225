import { type SubmitEvent, useCallback, useState } from 'react';
import { Button, InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { MailStatus, MailTried } from '../api/shapes';
import { useAct } from '../api/useAct';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { TextField } from '../look/Field';
import page from '../look/page.module.css';
import { StaffFrame } from '../staff/StaffFrame';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

/** The mail server as it is set, and a test mail through it. */
export default function MailPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/admin/mail" title={t('staff.areas.mail')}>
      <h1>{t('staff.areas.mail')}</h1>
      <p>{t('admin.mail.intro')}</p>
      <Loaded />
    </StaffFrame>
  );
}

function Loaded() {
  const { t } = useText();
  const load = useCallback(() => call('get', '/api/admin/mail'), []);
  const { data, problem, reload } = useLoad(load);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  return (
    <>
      <Status state={data} />
      {data.set && <TestMail />}
    </>
  );
}

function Status({ state: { set, server, security = 'starttls', signs_in: signsIn, sender, signed, waiting, oldest_at: oldest, barred, barred_at: barredAt } }: { state: MailStatus }) {
  const { t, number, dateTime } = useText();
  if (!server) return <InlineAlert status="warning">{t('admin.mail.none')}</InlineAlert>;
  const facts = [
    ['server', server],
    ['security', t(`admin.mail.securities.${security}`)],
    ['signsIn', signsIn ? t('admin.mail.signedIn') : t('staff.no')],
    ['sender', sender ?? t('staff.none')],
    ['signed', signed ?? t('staff.no')],
    ['waiting', waiting > 0 && oldest ? t('admin.mail.since', { n: number(waiting), at: dateTime(oldest) }) : number(waiting)],
  ] as const;
  return (
    <section className={page.part} aria-labelledby="mail-state">
      <h2 id="mail-state">{t('admin.mail.title')}</h2>
      {barred && barredAt && <InlineAlert status="error">{t('admin.mail.barred', { status: barred, at: dateTime(barredAt) })}</InlineAlert>}
      {!set && <InlineAlert status="warning">{t('admin.mail.noSender')}</InlineAlert>}
      <dl className={css.facts}>
        {facts.map(([key, value]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{t(`admin.mail.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Sends one mail at once. The address is kept nowhere, neither here nor on the server. */
function TestMail() {
  const { t } = useText();
  const [to, setTo] = useState('');
  const [empty, setEmpty] = useState(false);
  const [tried, setTried] = useState<MailTried | null>(null);
  const act = useAct();
  const fault = empty ? t('staff.required') : act.problem?.fields.to;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setEmpty(to.trim() === '');
    setTried(null);
    if (to.trim() === '') document.getElementsByName('mail.to')[0]?.focus();
    else void act.run(async () => setTried(await call('post', '/api/admin/mail/try', { body: { to: to.trim() } })));
  };
  return (
    <form className={css.card} onSubmit={submit} noValidate aria-labelledby="mail-test">
      <h2 id="mail-test">{t('admin.mail.test')}</h2>
      <TextField label={t('admin.mail.to')} name="mail.to" type="email" hint={t('admin.mail.toHint')} value={to} onChange={setTo} autoComplete="off" maxLength={254} size={40} fault={fault} />
      {!fault && <Failure problem={act.problem} />}
      <div role="status" className={page.status}>
        {act.busy && t('admin.mail.sending')}
        {tried && <InlineAlert status={tried.outcome === 'taken' ? 'neutral' : 'error'}>{t(`admin.mail.outcomes.${tried.outcome}`, { status: tried.status ?? '' })}</InlineAlert>}
      </div>
      <Button type="submit" aria-disabled={act.busy}>
        {t('admin.mail.send')}
      </Button>
    </form>
  );
}
