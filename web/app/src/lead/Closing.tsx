import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { LeadService, ThreeTexts } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import { Told } from '../look/Told';
import page from '../look/page.module.css';
import { FormEnd } from '../staff/FormEnd';
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
  const set = async (closed: boolean, message: ThreeTexts) => {
    const now = await call('put', '/api/lead/services/{service}/closure', { at: { service: id }, body: { closed, message } });
    onChanged(now);
    setTold(t(closed ? 'lead.closure.done' : 'lead.closure.reopened', { name }));
    cancel();
  };

  return (
    <>
      <Told>{told}</Told>
      <OpenState service={service} />
      {asking && <CloseForm name={name} onClose={(message) => set(true, message)} onCancel={cancel} />}
      {!asking && (
        <div ref={button}>
          <Failure problem={act.problem} />
          {closure.closed ? (
            <Button aria-label={t('lead.closure.reopenOf', { name })} onClick={() => void act.run(() => set(false, noTexts))}>
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
  name: string;
  onClose: (message: ThreeTexts) => Promise<void>;
  onCancel: () => void;
}

/** Asks for the message that citizens read instead of the chat. */
function CloseForm({ name, onClose, onCancel }: FormProps) {
  const { t } = useText();
  const [message, setMessage] = useState<ThreeTexts>(noTexts);
  const [tried, setTried] = useState(false);
  const act = useAct();
  useEffect(() => {
    // A draft in each language, unless something is written already.
    void inEveryLanguage('lead.closure.draft').then((draft) => setMessage((now) => (missing(now).length === 3 ? draft : now)));
  }, []);
  const gaps = missing(message);
  const faults = tried ? Object.fromEntries(gaps.map((lang) => [lang, t('staff.required')])) : {};
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (gaps.length === 0) void act.run(() => onClose(message));
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
      <FormEnd act={act} doIt={t('lead.closure.do')} onCancel={onCancel} />
    </form>
  );
}
