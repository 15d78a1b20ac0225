import { type SubmitEvent, useState } from 'react';
import { call } from '../../api/client';
import type { AdminService } from '../../api/shapes';
import { useAct } from '../../api/useAct';
import { missing } from '../../lead/threeTexts';
import { ThreeTextFields } from '../../lead/ThreeTextFields';
import { FaultSummary } from '../../look/FaultSummary';
import { FocusedHeading } from '../../look/Focused';
import page from '../../look/page.module.css';
import { SettingEnd } from '../../settings/SettingEnd';
import { useSetting } from '../../settings/useSetting';
import { useText } from '../../text/TextProvider';
import { EditPart } from './EditPart';
import { Preview } from './Preview';
import { useGaps } from './useGaps';

export interface PartProps {
  service: AdminService;
  onChanged: (service: AdminService) => void;
}

/** What the service is called and what is told of it, in three languages. */
export function TextsPart({ service, onChanged }: PartProps) {
  return (
    <EditPart part="texts" name={service.name} form={(leave) => <TextsForm service={service} onChanged={onChanged} onLeave={leave} />}>
      <Preview names={service.names} about={service.about} />
    </EditPart>
  );
}

export interface FormProps extends PartProps {
  onLeave: (saved: boolean) => void;
}

function TextsForm({ service, onChanged, onLeave }: FormProps) {
  const { t } = useText();
  const [names, setNames] = useState(service.names);
  const [about, setAbout] = useState(service.about);
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const setting = useSetting({ kind: 'service', id: service.id, part: 'texts' }, service.versions.texts);
  const gaps = useGaps([
    { name: 'names', label: t('admin.services.texts.name'), texts: names },
    { name: 'about', label: t('admin.services.texts.about'), texts: about },
  ]);
  const save = async () => {
    onChanged(await call('put', '/api/admin/services/{service}/texts', { at: { service: service.id }, body: { base: setting.base, names, about } }));
    onLeave(true);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (gaps.faults.length === 0) void act.run(save);
  };
  return (
    <form className={page.part} onSubmit={submit} noValidate>
      <FocusedHeading level={2}>{t('admin.services.texts.title')}</FocusedHeading>
      <FaultSummary faults={attempt > 0 ? gaps.faults : []} attempt={attempt} />
      <ThreeTextFields label={t('admin.services.texts.name')} name="names" value={names} onChange={setNames} maxLength={200} faults={attempt > 0 ? gaps.of(missing(names)) : {}} />
      <ThreeTextFields label={t('admin.services.texts.about')} hint={t('admin.services.texts.aboutHint')} name="about" value={about} onChange={setAbout} rows={3} maxLength={1000} faults={attempt > 0 ? gaps.of(missing(about)) : {}} />
      <h3>{t('admin.services.texts.preview')}</h3>
      <Preview names={names} about={about} />
      <SettingEnd act={act} setting={setting} doIt={t('staff.save')} onCancel={() => onLeave(false)} />
    </form>
  );
}
