import { type KeyboardEvent, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Counter } from '../chat/Counter';
import { AttachPanel } from '../file/parts';
import { useAttachment } from '../file/useAttachment';
import { useIncoming } from '../file/useIncoming';
import { LIMIT, lengthOf } from '../live/limit';
import { holdsCode, mask } from '../live/mask';
import { isLang, type Lang, LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';
import { AnswerPicker } from './AnswerPicker';
import { type Choice, holes, insertAt } from './answers';
import css from './desk.module.css';
import { postFile } from './desk-api';
import { useDesk } from './DeskContext';
import type { Kind, Opened } from './opened';
import { spelled } from './shortcuts';

/** Where the adviser writes: to the citizen, or for colleagues only. */
export function Writer({ one }: { one: Opened }) {
  const { t, time } = useText();
  const { view } = one;
  const { actions, reopen_until: until } = view;
  if (actions.includes('reply') || actions.includes('leave')) return <Form one={one} />;
  return (
    <>
      <p>
        {t('desk.write.over')}{' '}
        {until && actions.includes('reopen') && t('desk.head.reopenUntil', { time: time(until) })}
      </p>
      {actions.includes('note') && <Form one={one} />}
    </>
  );
}

function Form({ one }: { one: Opened }) {
  const { t, lang: shown } = useText();
  const { desk, options } = useDesk();
  const { view, drafts } = one;
  const { contact } = view;
  const kinds = KINDS.filter((each) => view.actions.includes(each));
  const kind = kinds.includes(one.kind) ? one.kind : (kinds[0] ?? 'reply');
  const theirs = isLang(view.lang) ? view.lang : shown;
  const lang = one.spoken?.lang ?? theirs;
  const wanted = one.spoken && !one.spoken.once ? one.spoken.lang : theirs;
  const [complaint, setComplaint] = useState<'empty' | 'long' | 'holes' | null>(null);
  const [picking, setPicking] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const text = drafts[kind];
  const max = options.max_message || LIMIT;
  const over = lengthOf(text) > max;
  const left = kind === 'reply' ? holes(text, desk.answers.get(view.service)?.variables ?? []) : [];

  const files = kind === 'reply' ? view.files : undefined;
  const attachment = useAttachment(files, async (file, about, onProgress, signal) => {
    const { n } = await postFile(contact, file, { ...about, lang, text: mask(about.text) }, onProgress, signal);
    desk.exists(contact, n);
  });
  const incoming = useIncoming(files, attachment);
  const sendFile = async () => {
    if (over) return setComplaint('long');
    if (left.length > 0) return setComplaint('holes');
    if (!(await attachment.send(text.trim()))) return;
    desk.draft(contact, kind, '');
    field.current?.focus();
  };
  const send = () => {
    if (files && attachment.file) return void sendFile();
    field.current?.focus();
    if (text.trim() === '') return setComplaint('empty');
    if (over) return setComplaint('long');
    if (left.length > 0) return setComplaint('holes');
    setComplaint(null);
    desk.write(contact, kind, text.trim(), lang);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  const change = (value: string) => {
    setComplaint(null);
    if (kind === 'reply' && text === '' && value === '/') setPicking(true);
    else desk.draft(contact, kind, value);
  };
  /** Back to the text, at a place in it. */
  const backTo = (from: number, to = from) => {
    setPicking(false);
    setTimeout(() => {
      field.current?.focus();
      field.current?.setSelectionRange(from, to);
    });
  };
  const insert = (choice: Choice) => {
    const into = insertAt(text, field.current?.selectionStart ?? text.length, choice.text);
    desk.draft(contact, 'reply', into.draft);
    if (choice.lang !== lang) desk.speak(contact, choice.lang, true);
    // What is not known is marked, so that it is written over by what one types.
    const [hole] = holes(choice.text, desk.answers.get(view.service)?.variables ?? []);
    const at = hole ? into.from + choice.text.indexOf(hole) : into.to;
    backTo(at, at + (hole?.length ?? 0));
  };

  return (
    <div className={kind === 'note' ? css.writerNote : css.writer} data-over={incoming.over || undefined} {...incoming.target}>
      <div className={css.writerTop}>
        {kinds.length > 1 ? <KindChoice kind={kind} onChange={(next) => desk.setKind(contact, next)} /> : <b>{t(`desk.write.${kind}`)}</b>}
        {kind === 'reply' && (
          <button type="button" className={css.action} data-focus="answers" aria-expanded={picking} aria-keyshortcuts={spelled('answers')} onClick={() => setPicking(!picking)}>
            {t('desk.answers.open')}
          </button>
        )}
        <LangChoice lang={lang} onChange={(next) => desk.speak(contact, next)} />
      </div>
      {kind === 'note' && <p className={css.muted}>{t('desk.write.noteHint')}</p>}
      {picking && kind === 'reply' && (
        <AnswerPicker view={view} wanted={wanted} onChoose={insert} onClose={() => backTo(field.current?.selectionStart ?? text.length)} />
      )}
      <textarea ref={field} rows={3} value={text} lang={lang} data-focus="write" aria-label={t(`desk.write.${kind}`)} aria-describedby="write-help"
        aria-invalid={over || complaint !== null} onKeyDown={onKey}
        onChange={({ target }) => change(target.value)} />
      <div className={css.writerFoot}>
        <div id="write-help" className={css.muted}>
          <p>
            {t('desk.write.keys')} {kind === 'reply' && t('desk.answers.hint')}
          </p>
          <Counter text={text} />
        </div>
        <Button onClick={send}>{t(kind === 'note' ? 'desk.write.saveNote' : 'desk.write.send')}</Button>
      </div>
      {files && <AttachPanel rules={files} attachment={attachment} onSend={() => void sendFile()} />}
      <div role="status">
        {holdsCode(text) && <p className={css.warning}>{t('desk.write.code')}</p>}
        {left.length > 0 && <p className={css.warning}>{t('desk.answers.left', { names: left.join(' ') })}</p>}
        {complaint && <p className={css.fault}>{t(`desk.write.${complaint}`, { max })}</p>}
      </div>
    </div>
  );
}

const KINDS = ['reply', 'note'] as const;

function KindChoice({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  const { t } = useText();
  return (
    <div role="group" aria-label={t('desk.write.kind')} className={css.kinds}>
      {KINDS.map((each) => (
        <button key={each} type="button" aria-pressed={each === kind} aria-keyshortcuts={spelled(each)} onClick={() => onChange(each)}>
          {t(`desk.write.${each}`)}
        </button>
      ))}
    </div>
  );
}

/** Each message carries its language; it is the contact's unless the adviser says otherwise. */
function LangChoice({ lang, onChange }: { lang: Lang; onChange: (lang: Lang) => void }) {
  const { t } = useText();
  return (
    <label className={css.langChoice}>
      {t('desk.write.lang')}{' '}
      <select value={lang} onChange={({ target }) => isLang(target.value) && onChange(target.value)}>
        {LANGS.map((each) => (
          <option key={each} value={each}>
            {t(`shared.languages.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
