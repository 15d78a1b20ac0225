import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { TextField } from '../look/Field';
import { go } from '../staff/go';
import { useMe } from '../staff/MeProvider';
import { landing } from '../staff/roles';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

/** Changing one's own password; `forced` when a temporary one must go before anything else opens. */
export function PasswordForm({ forced = false }: { forced?: boolean }) {
  const { t } = useText();
  const { setMe } = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [done, setDone] = useState(false);
  const act = useAct();

  const change = async () => {
    const me = await call('post', '/api/staff/password', { body: { current, new: next } });
    setMe(me);
    setDone(true);
    setCurrent('');
    setNext('');
    if (forced && me.must.length === 0) go(landing(me));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(change);
  };

  return (
    <form className={css.card} onSubmit={submit} noValidate>
      <h2>{t('signin.account.password')}</h2>
      {forced && <p>{t('signin.account.mustPassword')}</p>}
      <TextField label={t('signin.account.current')} value={current} onChange={setCurrent} type="password" autoComplete="current-password" fault={act.problem?.fields.current} />
      <TextField label={t('signin.account.new')} hint={t('signin.account.newHint')} value={next} onChange={setNext} type="password" autoComplete="new-password" fault={act.problem?.fields.new} />
      <Failure problem={act.problem} />
      <div role="status">{done && !act.problem && <p className={css.done}>{t('signin.account.changed')}</p>}</div>
      <Button type="submit">{t('signin.account.change')}</Button>
    </form>
  );
}
