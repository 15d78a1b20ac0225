import { useEffect, useRef, useState } from 'react';
import { useText } from '../text/TextProvider';
import css from './file.module.css';

const WIDTH = 120;

/** A small drawing of a chosen picture, made on this computer. What is no picture has none. */
export function Preview({ file }: { file: File }) {
  const { t } = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    let gone = false;
    if (!file.type.startsWith('image/') || typeof createImageBitmap !== 'function') return;
    void createImageBitmap(file, { resizeWidth: WIDTH })
      .then((picture) => {
        const to = canvas.current;
        if (gone || !to) return;
        to.width = picture.width;
        to.height = picture.height;
        to.getContext('2d')?.drawImage(picture, 0, 0);
        setDrawn(true);
      })
      .catch(() => undefined); // a broken picture has no preview; the server says why it is not sent
    return () => {
      gone = true;
    };
  }, [file]);
  return (
    <div role="img" aria-label={t('shared.file.preview')} hidden={!drawn}>
      <canvas ref={canvas} className={css.preview} />
    </div>
  );
}
