import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { LeadService } from '../api/shapes';
import { useAct } from '../api/useAct';
import { TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import { Told } from '../look/Told';
import { useInPlace } from '../look/useInPlace';
import page from '../look/page.module.css';
import { SettingEnd } from '../settings/SettingEnd';
import { useSetting } from '../settings/useSetting';
import { useText } from '../text/TextProvider';
import { originsOf } from './snippet';
import { Snippet } from './Snippet';

interface Props {
  service: LeadService;
  onChanged: (service: LeadService) => void;
}

/** Which other sites may carry the service's chat, and what they put on their pages for it. */
export function WidgetPart({ service, onChanged }: Props) {
  const { t } = useText();
  const { name, widget } = service;
  const { part, editing, told, edit, leave, done } = useInPlace('[data-edit] button');
  const saved = (now: LeadService) => {
    onChanged(now);
    done(t('lead.widget.saved'));
  };
  if (editing) return <SitesForm service={service} onSaved={saved} onCancel={leave} />;
  return (
    <div ref={part} className={page.part}>
      <h3>{t('lead.widget.title')}</h3>
      <Told>{told}</Told>
      <p>{t('lead.widget.text')}</p>
      {widget.origins.length === 0 ? <p>{t('lead.widget.none')}</p> : <Sites origins={widget.origins} />}
      <div data-edit>
        <Button variant="secondary" aria-label={t('lead.widget.editOf', { name })} onClick={edit}>
          {t('lead.widget.edit')}
        </Button>
      </div>
      {widget.origins.length > 0 && <Snippet service={service} />}
    </div>
  );
}

function Sites({ origins }: { origins: readonly string[] }) {
  return (
    <ul className={page.plainList}>
      {origins.map((origin) => (
        <li key={origin}>{origin}</li>
      ))}
    </ul>
  );
}

interface FormProps {
  service: LeadService;
  onSaved: (service: LeadService) => void;
  onCancel: () => void;
}

function SitesForm({ service, onSaved, onCancel }: FormProps) {
  const { t } = useText();
  const [text, setText] = useState(service.widget.origins.join('\n'));
  const act = useAct();
  const setting = useSetting({ kind: 'service', id: service.id, part: 'origins' }, service.versions.origins);
  const save = async () =>
    onSaved(await call('put', '/api/lead/services/{service}/widget', { at: { service: service.id }, body: { base: setting.base, origins: originsOf(text) } }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(save);
  };
  return (
    <form className={page.form} onSubmit={submit} noValidate>
      <FocusedHeading level={3}>{t('lead.widget.title')}</FocusedHeading>
      <TextField label={t('lead.widget.field')} hint={t('lead.widget.hint')} rows={4} value={text} onChange={setText} fault={act.problem?.fields.origins} />
      <SettingEnd act={act} setting={setting} doIt={t('staff.save')} onCancel={onCancel} />
    </form>
  );
}
