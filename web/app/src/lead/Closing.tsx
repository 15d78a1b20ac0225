import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import { asProblem } from '../api/problem';
import type { LeadService, ThreeTexts } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import { Told } from '../look/Told';
import page from '../look/page.module.css';
import { isConflict, SettingEnd } from '../settings/SettingEnd';
import { useSetting } from '../settings/useSetting';
import { useText } from '../text/TextProvider';
import { OpenState } from './OpenState';
import { inEveryLanguage, missing, noTexts } from './threeTexts';
import { ThreeTextFields } from './ThreeTextFields';

interface Props {
  service: LeadService;
  /** With the service as it is now. */
  onChanged: (service: LeadService) => void;
}

/** Whether a service is open, closing it at once and opening it again. */
export function Closing({ service, onChanged }: Props) {
  const { t } = useText();
  const { id, name, closure } = service;
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState('');
  const act = useAct();
  const button = useRef<HTMLDivElement>(null);
  const cancel = () => {
    setAsking(false);
    setTimeout(() => button.current?.querySelector('button')?.focus());
  };
  const set = async (base: number, closed: boolean, message: ThreeTexts) => {
    const now = await call('put', '/api/lead/services/{service}/closure', { at: { service: id }, body: { base, closed, message } });
    onChanged(now);
    setTold(t(closed ? 'lead.closure.done' : 'lead.closure.reopened', { name }));
    cancel();
  };

  // Whoever finds that somebody else was first is shown what the service is now.
  const reopen = () =>
    set(service.versions.closure, false, noTexts).catch(async (error: unknown) => {
      if (isConflict(asProblem(error))) onChanged(await call('get', '/api/lead/services/{service}', { at: { service: id } }));
      throw error;
    });

  return (
    <>
      <Told>{told}</Told>
      <OpenState service={service} />
      {asking && <CloseForm service={service} onClose={(base, message) => set(base, true, message)} onCancel={cancel} />}
      {!asking && (
        <div ref={button}>
          <Failure problem={act.problem} />
          {closure.closed ? (
            <Button aria-label={t('lead.closure.reopenOf', { name })} onClick={() => void act.run(reopen)}>
              {t('lead.closure.reopen')}
            </Button>
          ) : (
            <Button variant="secondary" aria-label={t('lead.closure.openOf', { name })} onClick={() => setAsking(true)}>
              {t('lead.closure.open')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

interface FormProps {
  service: LeadService;
  onClose: (base: number, message: ThreeTexts) => Promise<void>;
  onCancel: () => void;
}

/** Asks for the message that citizens read instead of the chat. */
function CloseForm({ service: { id, name, versions }, onClose, onCancel }: FormProps) {
  const { t } = useText();
  const [message, setMessage] = useState<ThreeTexts>(noTexts);
  const [tried, setTried] = useState(false);
  const act = useAct();
  const setting = useSetting({ kind: 'service', id, part: 'closure' }, versions.closure);
  useEffect(() => {
    // A draft in each language, unless something is written already.
    void inEveryLanguage('lead.closure.draft').then((draft) => setMessage((now) => (missing(now).length === 3 ? draft : now)));
  }, []);
  const gaps = missing(message);
  const faults = tried ? Object.fromEntries(gaps.map((lang) => [lang, t('staff.required')])) : {};
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (gaps.length === 0) void act.run(() => onClose(setting.base, message));
    else document.getElementsByName(`message.${gaps[0] ?? ''}`)[0]?.focus();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={page.form} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      <FocusedHeading level={3}>{t('lead.closure.title', { name })}</FocusedHeading>
      <p>{t('lead.closure.text')}</p>
      <ThreeTextFields
        label={t('lead.closure.message')}
        hint={t('lead.closure.hint')}
        name="message"
        rows={2}
        maxLength={500}
        value={message}
        onChange={setMessage}
        faults={faults}
      />
      <SettingEnd act={act} setting={setting} doIt={t('lead.closure.do')} onCancel={onCancel} />
    </form>
  );
}
