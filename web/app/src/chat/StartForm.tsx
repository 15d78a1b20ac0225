import { type SubmitEvent, useRef, useState } from 'react';
import { Button, RadioButton, RadioButtonGroup } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { ChatService, ChatState } from '../api/shapes';
import { useAct } from '../api/useAct';
import { newClientId } from '../live/id';
import { mask } from '../live/mask';
import { Failure } from '../look/Failure';
import { isLang, type Lang } from '../text/lookup';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';
import { Carried, tooLong, useCarried } from './Carried';
import { KeepLine } from './KeepLine';
import { KeepNote } from './KeepNote';
import { AskedFields } from './AskedFields';

export interface Begun {
  contact: string;
  token: string;
  state: ChatState;
}

interface Props {
  service: ChatService;
  /** With what the citizen brought along as the first message, "" for nothing. */
  onBegun: (begun: Begun, carried: string) => void;
}

/** Asks only what the service's notice declares, and says what is kept before anything is given. */
export function StartForm({ service, onBegun }: Props) {
  const { t, lang: shown, time, date } = useText();
  const languages = service.languages.filter(isLang);
  const [chosen, setLang] = useState<Lang | null>(null);
  const lang = chosen ?? (languages.includes(shown) ? shown : (languages[0] ?? shown));
  const [topic, setTopic] = useState('');
  const [fields, setFields] = useState<Record<string, string>>({});
  // The same id on every attempt: a lost answer does not make a second contact.
  const clientId = useRef(newClientId());
  const act = useAct();
  const [carried, setCarried] = useCarried();
  const [today] = useState(() => date(Date.now()));

  const begin = () =>
    act.run(async () => {
      const given = Object.entries(fields)
        .filter(([, value]) => value.trim() !== '')
        .map(([id, value]): [string, string] => [id, mask(value.trim())]);
      const body = { service: service.id, lang, client_id: clientId.current, fields: Object.fromEntries<string>(given) };
      onBegun(await call('post', '/api/chat/contacts', { body: topic ? { ...body, topic } : body }), carried?.trim() ?? '');
    });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!tooLong(carried)) void begin();
  };

  return (
    <form className={css.stack} onSubmit={submit} noValidate>
      <h1>{service.name}</h1>
      <p className={css.lead}>{service.description}</p>
      {service.closes_at && date(service.closes_at) === today && (
        <p>{t('chat.start.until', { time: time(service.closes_at) })}</p>
      )}
      {languages.length > 1 && <LanguageChoice languages={languages} value={lang} onChange={setLang} />}
      {service.topics.length > 0 && (
        <RadioButtonGroup
          name="topic"
          labelText={t('chat.start.topic')}
          optionalText={t('shared.optional')}
          value={topic}
          onChange={setTopic}
        >
          {[...service.topics, { id: '', name: t('chat.start.noTopic') }].map(({ id, name }) => (
            <RadioButton key={id} value={id}>
              {name}
            </RadioButton>
          ))}
        </RadioButtonGroup>
      )}
      <AskedFields fields={service.fields} values={fields} problem={act.problem} onChange={setFields} />
      <p className={css.hint}>{t('chat.start.noCode')}</p>
      {carried !== null && <Carried text={carried} onChange={setCarried} />}
      <KeepLine service={service} />
      <KeepNote />
      <Failure problem={act.problem} title={t('chat.start.failed')} />
      <Button type="submit" className={css.wide} aria-disabled={act.busy}>
        {t(act.busy ? 'chat.start.beginning' : 'chat.start.begin')}
      </Button>
    </form>
  );
}

interface LanguageProps {
  languages: Lang[];
  value: Lang;
  onChange: (lang: Lang) => void;
}

function LanguageChoice({ languages, value, onChange }: LanguageProps) {
  const { t } = useText();
  return (
    <RadioButtonGroup
      name="language"
      labelText={t('chat.start.language')}
      value={value}
      onChange={(lang) => isLang(lang) && onChange(lang)}
    >
      {languages.map((each) => (
        <RadioButton key={each} value={each}>
          {t(`shared.languages.${each}`)}
        </RadioButton>
      ))}
    </RadioButtonGroup>
  );
}

