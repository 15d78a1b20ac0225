import type { Message } from '../api/shapes';
import { useAct } from '../api/useAct';
import { sentence } from '../look/Failure';
import { saveFile } from '../look/saveFile';
import { useText } from '../text/TextProvider';
import css from './file.module.css';
import { useFileSource } from './FileSource';
import { sizeIn } from './size';

/** The reason may come below the edge of the log. */
const intoView = (shown: HTMLElement | null) => shown?.scrollIntoView({ block: 'nearest' });

/** A message's file: what it is called, how large it is, and saving it. It is never shown on the page. */
export default function FileLink({ n, file }: { n: number; file: NonNullable<Message['file']> }) {
  const { t, lang } = useText();
  const fetch = useFileSource();
  const act = useAct();
  const save = () =>
    act.run(async () => {
      if (fetch) saveFile(file.name, await fetch(n), file.type);
    });
  return (
    <div className={css.file}>
      <p>
        <b>{file.name}</b> <span className={css.size}>{sizeIn(lang, file.size)}</span>
      </p>
      {fetch && (
        <button type="button" className={css.button} aria-label={t('shared.file.downloadNamed', { name: file.name })} aria-disabled={act.busy} onClick={() => void save()}>
          {t(act.busy ? 'shared.file.downloading' : 'shared.file.download')}
        </button>
      )}
      {act.problem && (
        <p role="alert" ref={intoView} className={css.fault}>
          {sentence(act.problem, t)}
        </p>
      )}
    </div>
  );
}
