import { useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../api/useAct';
import type { Helped } from '../api/shapes';
import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

interface Props {
  asked: boolean;
  onAnswer: (answer: Helped) => Promise<void>;
}

const ANSWERS: readonly Helped[] = ['yes', 'partly', 'no'];

/** One question at the end, which nobody has to answer. The thanks take the buttons' place, and the focus. */
export function HelpQuestion({ asked, onAnswer }: Props) {
  const { t } = useText();
  const act = useAct();
  const [answered, setAnswered] = useState(false);
  const thanks = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (answered) thanks.current?.focus();
  }, [answered]);
  if (answered)
    return (
      <p ref={thanks} tabIndex={-1} className={css.question}>
        {t('chat.helped.thanks')}
      </p>
    );
  if (!asked) return null;
  const answer = async (one: Helped) => {
    if (await act.run(() => onAnswer(one))) setAnswered(true);
  };
  return (
    <section className={css.question} aria-labelledby="helped-title">
      <h2 id="helped-title">{t('chat.helped.title')}</h2>
      <p className={css.hint}>{t('chat.helped.hint')}</p>
      <Failure problem={act.problem} />
      <div className={css.answers}>
        {ANSWERS.map((one) => (
          <Button key={one} variant="secondary" aria-disabled={act.busy} onClick={() => void answer(one)}>
            {t(`chat.helped.answers.${one}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
