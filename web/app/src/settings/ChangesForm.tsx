import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { Named } from '../api/shapes';
import { SelectField, TextField } from '../look/Field';
import { useMe } from '../staff/MeProvider';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { KINDS, ofAdministrators } from './setting';

export interface Asked {
  kind: string;
  service: string;
  from: string;
  to: string;
}

export const everything: Asked = { kind: '', service: '', from: '', to: '' };

/** What is not asked for is not sent. */
export const queryOf = (asked: Asked) => Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== '')) as Partial<Asked>;

interface Props {
  services: readonly Named[];
  onAsk: (asked: Asked) => void;
}

/** Which changes are listed: of what, in which service, from when until when. */
export function ChangesForm({ services, onAsk }: Props) {
  const { t } = useText();
  const { me } = useMe();
  const [asked, setAsked] = useState(everything);
  const [tried, setTried] = useState(false);
  const admin = me.roles.some(({ role }) => role === 'administrator');
  const backwards = asked.from !== '' && asked.to !== '' && asked.to < asked.from;
  const change = (part: Partial<Asked>) => setAsked({ ...asked, ...part });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(backwards);
    if (backwards) document.getElementsByName('changes.to')[0]?.focus();
    else onAsk(asked);
  };
  const kinds = KINDS.filter((id) => admin || !ofAdministrators(id)).map((id) => ({ id, name: t(`settings.kinds.${id}`) }));
  return (
    <form className={css.card} onSubmit={submit} noValidate aria-label={t('settings.filter')}>
      <div className={css.row}>
        <SelectField label={t('settings.kind')} value={asked.kind} options={kinds} empty={t('settings.all')} onChange={(kind) => change({ kind })} />
        <SelectField label={t('settings.service')} value={asked.service} options={services} empty={t('staff.allServices')} onChange={(service) => change({ service })} />
        <TextField label={t('settings.from')} type="date" value={asked.from} onChange={(from) => change({ from })} />
        <TextField label={t('settings.to')} name="changes.to" type="date" value={asked.to} onChange={(to) => change({ to })} fault={tried && backwards ? t('settings.backwards') : undefined} />
        <Button type="submit">{t('settings.show')}</Button>
      </div>
    </form>
  );
}
