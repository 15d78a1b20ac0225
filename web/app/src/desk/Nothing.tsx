import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useDesk, useDeskState } from './DeskContext';

/** No contact in hand: what to do, or why one did not open. */
export function Nothing() {
  const { t } = useText();
  const { desk } = useDesk();
  const { selected, problem } = useDeskState();
  if (selected !== null && problem) return <Failure problem={problem} onRetry={() => void desk.select(selected)} />;
  if (selected !== null) return <p className={css.nothing}>{t('shared.loading')}</p>;
  return (
    <div className={css.nothing}>
      <h1>{t('desk.nothing.title')}</h1>
      <p>{t('desk.nothing.text')}</p>
    </div>
  );
}
