import { useEffect, useRef, useState } from 'react';
import { Button, InlineAlert } from 'suomifi-ui-components';
import { call, lastAnswer } from '../api/client';
import { useAct } from '../api/useAct';
import { useText } from '../text/TextProvider';
import { useMe } from './MeProvider';
import css from './staff.module.css';

const LOOK = 10_000;
/** So much later than computed the end has come for certain. */
const GRACE = 30_000;
/** Work at the keyboard is told to the server at most this often. */
const TELL = 120_000;

/** Warns before the session ends by itself and lengthens it, at a word or while one works. */
export function SessionEnd() {
  const { t, time } = useText();
  const { me, toldAt, setMe } = useMe();
  const { idle_at: toldIdle, ends_at: endsAt, warn_s: warn } = me.session;
  const [now, setNow] = useState(() => Date.now());
  const act = useAct();
  const extend = async () => setMe({ ...me, session: await call('post', '/api/staff/extend') });
  useWork(() => void extend().catch(() => undefined));

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK);
    return () => clearInterval(timer);
  }, []);
  const idleAt = Math.max(toldIdle, lastAnswer() + toldIdle - toldAt);
  const end = Math.min(idleAt, endsAt);
  const over = now > end + GRACE;
  useEffect(() => {
    // The server knows best: if the session has ended, its answer leads to the sign-in page.
    if (over) void call('get', '/api/staff/me').catch(() => undefined);
  }, [over]);

  if (end - now > warn * 1_000) return null;
  return (
    <div role="alert" className={css.ending}>
      <InlineAlert status="warning" labelText={t('staff.idle.title')}>
        {t(endsAt <= idleAt ? 'staff.idle.final' : 'staff.idle.text', { time: time(end) })}
      </InlineAlert>
      {endsAt > idleAt && <Button onClick={() => void act.run(extend)}>{t('staff.idle.stay')}</Button>}
    </div>
  );
}

/** Calls `tell` now and then while somebody types or points; reading alone is not seen. */
function useWork(tell: () => void) {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    let told = Date.now();
    const work = () => {
      if (Date.now() - told < TELL) return;
      told = Date.now();
      latest.current();
    };
    window.addEventListener('keydown', work);
    window.addEventListener('pointerdown', work);
    return () => {
      window.removeEventListener('keydown', work);
      window.removeEventListener('pointerdown', work);
    };
  }, []);
}
