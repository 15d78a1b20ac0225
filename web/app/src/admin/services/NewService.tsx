import { type SubmitEvent, useState } from 'react';
import { call } from '../../api/client';
import type { AdminService, Named } from '../../api/shapes';
import { useAct } from '../../api/useAct';
import { missing, noTexts } from '../../lead/threeTexts';
import { ThreeTextFields } from '../../lead/ThreeTextFields';
import { BackLink } from '../../look/BackLink';
import { SelectField, TextField } from '../../look/Field';
import { type Fault, FaultSummary } from '../../look/FaultSummary';
import { FocusedHeading } from '../../look/Focused';
import { FormEnd } from '../../staff/FormEnd';
import css from '../../staff/staff.module.css';
import { LANGS } from '../../text/lookup';
import { useText } from '../../text/TextProvider';
import { LanguageChoice } from './LanguageChoice';
import { useGaps } from './useGaps';

interface Props {
  notices: readonly Named[];
  onMade: (service: AdminService) => void;
  onLeave: () => void;
}

const ID = /^[a-z][a-z0-9-]{0,63}$/;

/** Opens a service under a register. It has no hours yet, so nobody reaches it before they are set. */
export function NewService({ notices, onMade, onLeave }: Props) {
  const { t } = useText();
  const [id, setId] = useState('');
  const [notice, setNotice] = useState('');
  const [names, setNames] = useState(noTexts);
  const [about, setAbout] = useState(noTexts);
  const [languages, setLanguages] = useState<readonly string[]>(LANGS);
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const gaps = useGaps([
    { name: 'names', label: t('admin.services.texts.name'), texts: names },
    { name: 'about', label: t('admin.services.texts.about'), texts: about },
  ]);
  const faults: Fault[] = [
    ...(notice === '' ? [{ name: 'notice', label: t('admin.services.columns.notice'), text: t('setup.faults.template') }] : []),
    ...(ID.test(id) ? [] : [{ name: 'id', label: t('admin.services.id'), text: t('admin.services.idFault') }]),
    ...gaps.faults,
    ...(languages.length > 0 ? [] : [{ name: 'languages', label: t('admin.services.queues.label'), text: t('admin.services.queues.least') }]),
  ];
  const shown = attempt > 0 ? faults : [];
  const faultOf = (name: string) => shown.find((fault) => fault.name === name)?.text ?? act.problem?.fields[name];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (faults.length === 0) void act.run(async () => onMade(await call('post', '/api/admin/services', { body: { id, notice, names, about, languages } })));
  };
  return (
    <>
      <BackLink onBack={onLeave}>{t('admin.services.back')}</BackLink>
      <FocusedHeading>{t('admin.services.new')}</FocusedHeading>
      <form className={css.card} onSubmit={submit} noValidate>
        <FaultSummary faults={shown} attempt={attempt} />
        <SelectField label={t('admin.services.columns.notice')} name="notice" hint={t('admin.services.noticeHint')} value={notice} options={notices} empty={t('staff.choose')} onChange={setNotice} fault={faultOf('notice')} />
        <TextField label={t('admin.services.id')} name="id" hint={t('admin.services.idHint')} value={id} onChange={setId} autoComplete="off" maxLength={64} size={36} fault={faultOf('id')} />
        <ThreeTextFields label={t('admin.services.texts.name')} name="names" value={names} onChange={setNames} maxLength={200} faults={attempt > 0 ? gaps.of(missing(names)) : {}} />
        <ThreeTextFields label={t('admin.services.texts.about')} hint={t('admin.services.texts.aboutHint')} name="about" value={about} onChange={setAbout} rows={3} maxLength={1000} faults={attempt > 0 ? gaps.of(missing(about)) : {}} />
        <LanguageChoice label={t('admin.services.queues.label')} value={languages} onChange={setLanguages} fault={faultOf('languages')} />
        <FormEnd act={act} doIt={t('admin.services.make')} onCancel={onLeave} />
      </form>
    </>
  );
}
