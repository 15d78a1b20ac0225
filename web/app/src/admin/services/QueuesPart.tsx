import { type SubmitEvent, useState } from 'react';
import { call } from '../../api/client';
import { useAct } from '../../api/useAct';
import { FocusedHeading } from '../../look/Focused';
import page from '../../look/page.module.css';
import own from '../../settings/settings.module.css';
import { SettingEnd } from '../../settings/SettingEnd';
import { useSetting } from '../../settings/useSetting';
import { isLang } from '../../text/lookup';
import { useText } from '../../text/TextProvider';
import { EditPart } from './EditPart';
import { LanguageChoice } from './LanguageChoice';
import type { FormProps, PartProps } from './TextsPart';

/** The languages in which a service is served; each has a queue of its own. */
export function QueuesPart({ service, onChanged }: PartProps) {
  const { t } = useText();
  return (
    <EditPart part="queues" name={service.name} form={(leave) => <QueuesForm service={service} onChanged={onChanged} onLeave={leave} />}>
      <ul className={own.list}>
        {service.languages.filter(isLang).map((lang) => (
          <li key={lang}>{t(`shared.languages.${lang}`)}</li>
        ))}
      </ul>
    </EditPart>
  );
}

function QueuesForm({ service, onChanged, onLeave }: FormProps) {
  const { t } = useText();
  const [languages, setLanguages] = useState<readonly string[]>(service.languages);
  const [tried, setTried] = useState(false);
  const act = useAct();
  const setting = useSetting({ kind: 'service', id: service.id, part: 'queues' }, service.versions.queues);
  const save = async () => {
    onChanged(await call('put', '/api/admin/services/{service}/queues', { at: { service: service.id }, body: { base: setting.base, languages } }));
    onLeave(true);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (languages.length > 0) void act.run(save);
  };
  const fault = tried && languages.length === 0 ? t('admin.services.queues.least') : undefined;
  return (
    <form className={page.part} onSubmit={submit} noValidate>
      <FocusedHeading level={2}>{t('admin.services.queues.title')}</FocusedHeading>
      <LanguageChoice label={t('admin.services.queues.label')} value={languages} onChange={setLanguages} fault={fault} />
      <SettingEnd act={act} setting={setting} doIt={t('staff.save')} onCancel={() => onLeave(false)} />
    </form>
  );
}
