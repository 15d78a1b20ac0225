import { type ChangeEvent, useEffect, useRef } from 'react';
import type { FileRules } from '../api/shapes';
import { sentence } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './file.module.css';
import { Preview } from './Preview';
import { sizeIn } from './size';
import type { Attachment } from './useAttachment';

interface Props {
  rules: FileRules;
  attachment: Attachment;
  onSend: () => void;
  /** What a picture loses before it is kept is told to the one whose picture it is. */
  told?: boolean;
}

/** Choosing a file, looking at it, and sending it or not. Nothing leaves before that. */
export default function AttachPanel({ rules, attachment, onSend, told = false }: Props) {
  const { t, lang } = useText();
  const input = useRef<HTMLInputElement>(null);
  const { file, part, declined } = attachment;
  const chosen = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [first] = target.files ?? [];
    if (first) attachment.choose(first);
    target.value = ''; // the same file may be chosen again
  };
  return (
    <div className={css.attach}>
      <input ref={input} type="file" hidden accept={rules.accept.join(',')} onChange={chosen} />
      {!file && (
        <p className={css.choose}>
          <button type="button" className={css.button} data-focus="attach" onClick={() => input.current?.click()}>
            {t('shared.file.choose')}
          </button>{' '}
          <span className={css.size}>{t('shared.file.limits', { kinds: kindsOf(rules), size: sizeIn(lang, rules.most) })}. {t('shared.file.drop')}</span>
        </p>
      )}
      {declined && (
        <p role="alert" className={css.fault}>
          {t(`shared.file.declined.${declined}`, { kinds: kindsOf(rules) })}
        </p>
      )}
      {file && <Chosen file={file} attachment={attachment} rules={rules} onSend={onSend} told={told} />}
      <p role="status" className={css.status}>
        {part !== null && t('shared.file.sending')}
      </p>
    </div>
  );
}

function Chosen({ file, attachment, rules, onSend, told }: Omit<Props, 'told'> & { file: File; told: boolean }) {
  const { t, lang } = useText();
  const { part, problem, unfit } = attachment;
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), [file]);
  return (
    <section ref={box} tabIndex={-1} className={css.chosen} aria-label={t('shared.file.chosen')}>
      <Preview key={`${file.name} ${file.size} ${file.lastModified}`} file={file} />
      <div className={css.what}>
        <p>
          <b>{file.name}</b> <span className={css.size}>{sizeIn(lang, file.size)}</span>
        </p>
        {told && file.type.startsWith('image/') && <p className={css.size}>{t('shared.file.stripped')}</p>}
        {unfit && (
          <p role="alert" className={css.fault}>
            {t(unfit === 'empty' ? 'shared.file.empty' : 'shared.file.large', { size: sizeIn(lang, rules.most) })}
          </p>
        )}
        {problem && (
          <p role="alert" className={css.fault}>
            {sentence(problem, t)}
          </p>
        )}
        {part !== null && <progress className={css.progress} aria-label={t('shared.file.progress')} max={1} value={part} />}
        <p className={css.buttons}>
          {part === null && !unfit && (
            <button type="button" className={css.button} onClick={onSend}>
              {t('shared.file.send')}
            </button>
          )}
          <button type="button" className={css.button} onClick={part === null ? attachment.remove : attachment.cancel}>
            {t(part === null ? 'shared.file.remove' : 'shared.file.cancel')}
          </button>
        </p>
      </div>
    </section>
  );
}

/** "JPG, PNG, PDF": each ending once, in capitals. */
const kindsOf = ({ accept }: FileRules) =>
  accept
    .filter((end) => end !== '.jpeg')
    .map((end) => end.slice(1).toUpperCase())
    .join(', ');
