import { Button } from 'suomifi-ui-components';
import { FocusedHeading } from '../look/Focused';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

interface Props {
  onAgain: () => void;
}

/** After "end and clear": nothing of the chat is on this computer any more. */
export function FarewellPage({ onAgain }: Props) {
  const { t } = useText();
  return (
    <div className={css.stack}>
      <FocusedHeading>{t('chat.cleared.title')}</FocusedHeading>
      <p>{t('chat.cleared.text')}</p>
      <Button variant="secondary" onClick={onAgain}>
        {t('chat.ended.again')}
      </Button>
    </div>
  );
}

/** The server does not know the contact any more, or its time has passed. */
export function Lost({ onAgain }: Props) {
  const { t } = useText();
  return (
    <div className={css.stack}>
      <FocusedHeading>{t('chat.lost.title')}</FocusedHeading>
      <p>{t('chat.lost.text')}</p>
      <Button onClick={onAgain}>{t('chat.ended.again')}</Button>
    </div>
  );
}
