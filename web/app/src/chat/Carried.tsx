import { useEffect, useState } from 'react';
import { LIMIT, lengthOf } from '../live/limit';
import { holdsCode } from '../live/mask';
import { TextField } from '../look/Field';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';
import { receive } from './offer';

/** What the citizen brings from another chat in this browser, until it is sent or taken out. Null: nothing. */
export function useCarried() {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => receive(setText), []);
  return [text, setText] as const;
}

export const tooLong = (text: string | null) => text !== null && lengthOf(text) > LIMIT;

/** The text that was brought along, to be looked through before it becomes the first message. */
export function Carried({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useText();
  const fault = tooLong(text) ? t('chat.write.long', { max: LIMIT }) : undefined;
  return (
    <div role="status">
      <TextField label={t('chat.start.carried')} hint={t('chat.start.carriedHint')} rows={5} value={text} onChange={onChange} fault={fault} />
      {holdsCode(text) && <p className={css.warning}>{t('chat.write.code')}</p>}
    </div>
  );
}
