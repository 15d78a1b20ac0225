import { type SubmitEvent, useState } from 'react';
import { Button, Checkbox } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { LeadService, Routing } from '../api/shapes';
import { useAct } from '../api/useAct';
import { GroupLabel, TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import { Told } from '../look/Told';
import { useInPlace } from '../look/useInPlace';
import page from '../look/page.module.css';
import { SettingEnd } from '../settings/SettingEnd';
import { useSetting } from '../settings/useSetting';
import { isLang } from '../text/lookup';
import { useText } from '../text/TextProvider';
import { RoutingNow } from './RoutingNow';
import { draftOf, routingOf, type RoutingDraft } from './routing';

interface Props {
  service: LeadService;
  onChanged: (service: LeadService) => void;
}

/** How the queues of a service reach advisers, and when its lead is warned. */
export function RoutingPart({ service, onChanged }: Props) {
  const { t } = useText();
  const { part, editing, told, edit, leave, done } = useInPlace();
  const saved = (now: LeadService) => {
    onChanged(now);
    done(t('lead.routing.saved'));
  };
  if (editing) return <RoutingForm service={service} onSaved={saved} onCancel={leave} />;
  return (
    <div ref={part} className={page.part}>
      <h3>{t('lead.routing.title')}</h3>
      <Told>{told}</Told>
      <RoutingNow service={service} />
      <div>
        <Button variant="secondary" aria-label={t('lead.routing.editOf', { name: service.name })} onClick={edit}>
          {t('lead.routing.edit')}
        </Button>
      </div>
    </div>
  );
}

interface FormProps {
  service: LeadService;
  onSaved: (service: LeadService) => void;
  onCancel: () => void;
}

const NUMBERS = [
  { field: 'offer_s', label: 'lead.routing.offerS', hint: 'lead.routing.offerHint' },
  { field: 'widen_s', label: 'lead.routing.widenMin', hint: 'lead.routing.widenHint' },
  { field: 'warn_waiting', label: 'lead.routing.waitingN', hint: 'lead.routing.never' },
  { field: 'warn_wait_s', label: 'lead.routing.waitMin', hint: 'lead.routing.never' },
] as const;

function RoutingForm({ service, onSaved, onCancel }: FormProps) {
  const { t } = useText();
  const [draft, setDraft] = useState<RoutingDraft>(() => draftOf(service.routing));
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const setting = useSetting({ kind: 'service', id: service.id, part: 'routing' }, service.versions.routing);
  const { routing, wrong } = routingOf(draft);
  const change = (part: Partial<RoutingDraft>) => setDraft({ ...draft, ...part });
  const save = async (what: Routing) =>
    onSaved(await call('put', '/api/lead/services/{service}/routing', { at: { service: service.id }, body: { base: setting.base, routing: what } }));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (routing) void act.run(() => save(routing));
    else event.currentTarget.querySelector<HTMLInputElement>(`[name="${wrong[0] ?? ''}"]`)?.focus();
  };
  const fault = (field: (typeof NUMBERS)[number]['field']) => (attempt > 0 && wrong.includes(field) ? t('lead.routing.number') : act.problem?.fields[field]);
  return (
    <form className={page.form} onSubmit={submit} noValidate>
      <FocusedHeading level={3}>{t('lead.routing.editOf', { name: service.name })}</FocusedHeading>
      <fieldset className={page.fieldset}>
        <legend>
          <GroupLabel label={t('lead.routing.langsLabel')} fault={act.problem?.fields.push} />
        </legend>
        <p>{t('lead.routing.langsHint')}</p>
        {service.languages.filter(isLang).map((lang) => (
          <Checkbox
            key={lang}
            checked={draft.push.includes(lang)}
            onClick={({ checkboxState }) => change({ push: checkboxState ? [...draft.push, lang] : draft.push.filter((each) => each !== lang) })}
          >
            {t(`shared.languages.${lang}`)}
          </Checkbox>
        ))}
      </fieldset>
      {NUMBERS.map(({ field, label, hint }) => (
        <TextField key={field} name={field} label={t(label)} hint={t(hint)} inputMode="numeric" size={6} maxLength={4} value={draft[field]} onChange={(value) => change({ [field]: value })} fault={fault(field)} />
      ))}
      <Checkbox checked={draft.warn_nobody} onClick={({ checkboxState }) => change({ warn_nobody: checkboxState })}>
        {t('lead.routing.nobody')}
      </Checkbox>
      <SettingEnd act={act} setting={setting} doIt={t('staff.save')} onCancel={onCancel} />
    </form>
  );
}
