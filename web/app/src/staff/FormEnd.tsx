import { Button } from 'suomifi-ui-components';
import type { Act } from '../api/useAct';
import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './staff.module.css';

interface Props {
  act: Act;
  /** What the button that does it says. */
  doIt: string;
  /** What is done cannot be taken back. */
  danger?: boolean | undefined;
  onCancel: () => void;
}

/** Where a form that can be left ends: what went wrong, and the two ways out. */
export function FormEnd({ act, doIt, danger, onCancel }: Props) {
  const { t } = useText();
  return (
    <>
      <Failure problem={act.problem} />
      <div className={css.row}>
        <Button type="submit" className={danger ? 'danger' : ''} aria-disabled={act.busy}>
          {doIt}
        </Button>
        <Button type="button" variant="secondary" onClick={onCancel}>
          {t('staff.cancel')}
        </Button>
      </div>
    </>
  );
}
