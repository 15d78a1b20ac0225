import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../../api/client';
import { useAct } from '../../api/useAct';
import { missing } from '../../lead/threeTexts';
import { FaultSummary } from '../../look/FaultSummary';
import { FocusedHeading } from '../../look/Focused';
import page from '../../look/page.module.css';
import own from '../../settings/settings.module.css';
import { SettingEnd } from '../../settings/SettingEnd';
import { useSetting } from '../../settings/useSetting';
import { useText } from '../../text/TextProvider';
import { EditPart } from './EditPart';
import type { FormProps, PartProps } from './TextsPart';
import { TopicFields } from './TopicFields';
import { changed, draftsOf, moved, newDraft, settingsOf, without } from './topics';
import { useGaps } from './useGaps';

/** What contacts of a service can be about, in the order in which it is offered. */
export function TopicsPart({ service, onChanged }: PartProps) {
  const { t, lang } = useText();
  const used = service.topics.filter(({ retired }) => !retired);
  const retired = service.topics.filter((one) => one.retired);
  return (
    <EditPart part="topics" name={service.name} form={(leave) => <TopicsForm service={service} onChanged={onChanged} onLeave={leave} />}>
      {used.length === 0 && <p>{t('admin.services.topics.none')}</p>}
      {used.length > 0 && (
        <ol className={own.list}>
          {used.map(({ id, name }) => (
            <li key={id}>{name[lang]}</li>
          ))}
        </ol>
      )}
      {retired.length > 0 && <p>{t('admin.services.topics.retired', { names: retired.map(({ name }) => name[lang]).join(', ') })}</p>}
    </EditPart>
  );
}

function TopicsForm({ service, onChanged, onLeave }: FormProps) {
  const { t, lang } = useText();
  const [drafts, setDrafts] = useState(() => draftsOf(service.topics));
  const [added, setAdded] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const setting = useSetting({ kind: 'service', id: service.id, part: 'topics' }, service.versions.topics);
  const used = drafts.filter(({ retired }) => !retired);
  const label = (n: number) => t('admin.services.topics.n', { n: n + 1 });
  const gaps = useGaps(used.map(({ key, name }, n) => ({ name: key, label: label(n), texts: name })));
  const save = async () => {
    onChanged(await call('put', '/api/admin/services/{service}/topics', { at: { service: service.id }, body: { base: setting.base, topics: settingsOf(drafts) } }));
    onLeave(true);
  };
  const add = () => {
    setDrafts([...drafts, newDraft(added)]);
    setAdded(added + 1);
    setTimeout(() => document.getElementsByName(`new-${added}.fi`)[0]?.focus());
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (gaps.faults.length === 0) void act.run(save);
  };
  return (
    <form className={page.part} onSubmit={submit} noValidate>
      <FocusedHeading level={2}>{t('admin.services.topics.title')}</FocusedHeading>
      <p>{t('admin.services.topics.hint')}</p>
      <FaultSummary faults={attempt > 0 ? gaps.faults : []} attempt={attempt} />
      {used.map(({ key, name }, n) => (
        <TopicFields
          key={key}
          name={key}
          label={label(n)}
          value={name}
          faults={attempt > 0 ? gaps.of(missing(name)) : {}}
          onChange={(text) => setDrafts(changed(drafts, key, { name: text }))}
          onUp={n > 0 ? () => setDrafts(moved(drafts, key, -1)) : undefined}
          onDown={n < used.length - 1 ? () => setDrafts(moved(drafts, key, 1)) : undefined}
          onRemove={() => setDrafts(without(drafts, key))}
        />
      ))}
      {drafts
        .filter(({ retired }) => retired)
        .map(({ key, name }) => (
          <p key={key}>
            {t('admin.services.topics.retired', { names: name[lang] })}{' '}
            <button type="button" className={page.act} onClick={() => setDrafts(changed(drafts, key, { retired: false }))}>
              {t('admin.services.topics.back', { name: name[lang] })}
            </button>
          </p>
        ))}
      <div>
        <Button type="button" variant="secondary" onClick={add}>
          {t('admin.services.topics.add')}
        </Button>
      </div>
      <SettingEnd act={act} setting={setting} doIt={t('staff.save')} onCancel={() => onLeave(false)} />
    </form>
  );
}
