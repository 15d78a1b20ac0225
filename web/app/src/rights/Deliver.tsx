import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { RightsDelivery, RightsRequest } from '../api/shapes';
import { useAct } from '../api/useAct';
import { boot } from '../boot';
import { CopyButton } from '../look/CopyButton';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

/** The link and its code, told once. */
export function Deliver({ request, onDone }: { request: RightsRequest; onDone: () => void }) {
  const { t, dateTime } = useText();
  const [made, setMade] = useState<RightsDelivery | null>(null);
  const act = useAct();
  const again = request.status === 'closed';
  const make = () =>
    void act.run(async () => {
      setMade(await call('post', '/api/registry/requests/{request}/deliver', { at: { request: request.id } }));
      onDone();
    });
  const link = made ? `${location.origin}${boot().base}${made.path}` : '';
  return (
    <section className={css.card} aria-labelledby="deliver">
      <h2 id="deliver">{t('rights.deliver.title')}</h2>
      <p>{t('rights.deliver.text')}</p>
      {made && (
        <>
          <FocusedHeading level={3}>{t('rights.deliver.until', { when: dateTime(made.ends_at) })}</FocusedHeading>
          <dl className={css.facts}>
            <dt>{t('rights.deliver.link')}</dt>
            <dd className={css.code}>{link}</dd>
            <dt>{t('rights.deliver.code')}</dt>
            <dd className={css.secret}>{made.code}</dd>
          </dl>
          <div className={css.row}>
            <CopyButton text={link} label={t('rights.deliver.copyLink')} />
            <CopyButton text={made.code} label={t('rights.deliver.copyCode')} />
          </div>
        </>
      )}
      {again && <p className={css.hint}>{t('rights.deliver.againText')}</p>}
      <Failure problem={act.problem} />
      <Button variant={again ? 'secondary' : 'default'} aria-disabled={act.busy} onClick={make}>
        {t(again ? 'rights.deliver.again' : 'rights.deliver.doIt')}
      </Button>
    </section>
  );
}
