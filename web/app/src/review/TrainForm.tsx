import { Fragment, type SubmitEvent, useState } from 'react';
import { Checkbox } from 'suomifi-ui-components';
import type { HiddenWords, ReviewedLine } from '../api/shapes';
import { useAct } from '../api/useAct';
import { FocusedHeading } from '../look/Focused';
import { FormEnd } from '../staff/FormEnd';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { HiddenPiece, LineHead, LineText } from './Conversation';
import { type Hand, hiddenWords, placeOf, toggled, type Word, wordsOf } from './hide';
import own from './review.module.css';

interface Props {
  lines: readonly ReviewedLine[];
  onPut: (hide: HiddenWords[]) => Promise<void>;
  onCancel: () => void;
}

/** The mark-up before training: every word can be hidden, and whoever puts it forward has read it through. */
export function TrainForm({ lines, onPut, onCancel }: Props) {
  const { t, number } = useText();
  const [hand, setHand] = useState<Hand>(new Set());
  const [sure, setSure] = useState(false);
  const [tried, setTried] = useState(false);
  const act = useAct();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (sure) void act.run(() => onPut(hiddenWords(hand)));
    else document.getElementsByName('train.sure')[0]?.focus();
  };
  const messages = lines.filter(({ from }) => from !== 'event');
  return (
    <form className={css.card} onSubmit={submit} noValidate aria-labelledby="train-title">
      <FocusedHeading level={2} id="train-title">
        {t('review.train.title')}
      </FocusedHeading>
      <p>{t('review.train.intro')}</p>
      <ol className={own.lines}>
        {messages.map((line, i) => (
          <li key={line.n}>
            <div role="group" aria-label={t('review.train.message', { n: i + 1 })}>
              <LineHead line={line} />
              <LineText line={line}>
                {wordsOf(line).map((word) => (
                  <WordButton key={word.word} word={word} hidden={hand.has(placeOf(line.n, word.word))} onToggle={() => setHand(toggled(hand, placeOf(line.n, word.word)))} />
                ))}
              </LineText>
            </div>
          </li>
        ))}
      </ol>
      <p role="status">{t('review.train.count', { n: number(hand.size) })}</p>
      <Checkbox name="train.sure" checked={sure} onClick={({ checkboxState }) => setSure(checkboxState)} {...(tried && !sure ? { status: 'error', statusText: t('review.train.notSure') } : {})}>
        {t('review.train.sure')}
      </Checkbox>
      <FormEnd act={act} doIt={t('review.train.do')} onCancel={onCancel} />
    </form>
  );
}

interface WordProps {
  word: Word;
  hidden: boolean;
  onToggle: () => void;
}

/** A word that hides when it is pressed; what a rule has hidden already stays hidden. */
function WordButton({ word: { pieces, readable }, hidden, onToggle }: WordProps) {
  const { t } = useText();
  const shown = pieces.map((piece, i) => <Fragment key={i}>{piece.hidden ? <HiddenPiece kind={piece.hidden} t={t} /> : piece.text?.trimEnd()}</Fragment>);
  const space = /\s+$/.exec(pieces.at(-1)?.text ?? '')?.[0] ?? '';
  return (
    <>
      {readable ? (
        <button type="button" className={own.word} aria-pressed={hidden} onClick={onToggle}>
          {shown}
        </button>
      ) : (
        shown
      )}
      {space}
    </>
  );
}
