import { useEffect, useRef } from 'react';
import { Button, Checkbox } from 'suomifi-ui-components';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { shortcutNames, spelled } from './shortcuts';

interface Props {
  questionMark: boolean;
  onQuestionMark: (on: boolean) => void;
  onClose: () => void;
}

/** The keys. Takes the place of the details, so that the contact stays in view. */
export function Help({ questionMark, onQuestionMark, onClose }: Props) {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => (before instanceof HTMLElement ? before.focus() : undefined);
  }, []);
  return (
    <div className={css.facts}>
      <h2 ref={heading} tabIndex={-1}>
        {t('desk.help.title')}
      </h2>
      <dl className={css.keys}>
        {shortcutNames.map((name) => (
          <div key={name}>
            <dt>
              <kbd>{spelled(name)}</kbd>
            </dt>
            <dd>{t(`desk.help.keys.${name}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>{t('desk.help.keys.help')}</dd>
        </div>
      </dl>
      <p>{t('desk.help.lists')}</p>
      <Checkbox checked={questionMark} onClick={({ checkboxState }) => onQuestionMark(checkboxState)}>
        {t('desk.help.single')}
      </Checkbox>
      <Button variant="secondary" onClick={onClose}>
        {t('desk.help.close')}
      </Button>
    </div>
  );
}
