import { type KeyboardEvent, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from 'suomifi-ui-components';
import type { FileRules } from '../api/shapes';
import { AttachPanel } from '../file/parts';
import { type Send, useAttachment } from '../file/useAttachment';
import { useIncoming } from '../file/useIncoming';
import { holdsCode } from '../live/mask';
import { LIMIT, lengthOf } from '../live/limit';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';
import type { Conversation } from './conversation';
import { Counter } from './Counter';

interface Props {
  conversation: Conversation;
  /** What may be sent besides words; nothing where the notice declares no files. */
  files: FileRules | undefined;
  onSendFile: Send;
}

/** Where the citizen writes. What is written stays through a reload until it is sent. */
export function Composer({ conversation, files, onSendFile }: Props) {
  const { t } = useText();
  const text = useSyncExternalStore(conversation.subscribe, () => conversation.draft);
  const [complaint, setComplaint] = useState<'empty' | 'long' | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const over = lengthOf(text) > LIMIT;
  const attachment = useAttachment(files, onSendFile);
  const incoming = useIncoming(files, attachment);

  const change = (value: string) => {
    conversation.keep(value);
    setComplaint(null);
    if (value !== '') conversation.typing();
  };

  /** What was written goes along, and stays where the file is refused. */
  const sendFile = async () => {
    if (over) return setComplaint('long');
    if (!(await attachment.send(text.trim()))) return;
    change('');
    field.current?.focus();
  };

  const send = () => {
    if (attachment.file) return void sendFile();
    field.current?.focus();
    if (text.trim() === '') return setComplaint('empty');
    if (over) return setComplaint('long');
    conversation.write(text.trim());
    change('');
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || isTouch()) return;
    event.preventDefault();
    send();
  };

  return (
    <div className={css.composer} data-over={incoming.over || undefined} {...incoming.target}>
      <label htmlFor="message">{t('chat.write.label')}</label>
      <textarea id="message" ref={field} rows={2} value={text} aria-describedby="message-help" aria-invalid={over || complaint !== null}
        onChange={(event) => change(event.target.value)} onKeyDown={onKey} />
      <div className={css.send}>
        <div id="message-help" className={css.help}>
          <p className={css.keys}>{t('chat.write.keys')}</p>
          <Counter text={text} />
        </div>
        <Button onClick={send}>{t('chat.write.send')}</Button>
      </div>
      {files && <AttachPanel rules={files} attachment={attachment} onSend={() => void sendFile()} told />}
      <div role="status" className={css.notes}>
        {holdsCode(text) && <p className={css.warning}>{t('chat.write.code')}</p>}
        {complaint && <p className={css.error}>{t(`chat.write.${complaint}`, { max: LIMIT })}</p>}
      </div>
    </div>
  );
}

/** A keyboard on the screen has no Shift to hold: there Enter starts a new line. */
const isTouch = () => typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;
