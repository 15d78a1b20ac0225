import type { ReactNode, SubmitEvent } from 'react';
import { Button } from 'suomifi-ui-components';
import type { Act } from '../api/useAct';
import { Failure } from '../look/Failure';
import { FocusedHeading } from '../look/Focused';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';

interface Props {
  id: string;
  title: string;
  /** What the button that does it says. */
  doIt: string;
  /** What is done cannot be taken back. */
  danger?: boolean;
  act: Act;
  onDo: () => Promise<void>;
  onCancel: () => void;
  children: ReactNode;
}

/** A step with the contact, asked in place of the field to write in. Escape goes back. */
export function Panel({ id, title, doIt, danger = false, act, onDo, onCancel, children }: Props) {
  const { t } = useText();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(onDo);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={css.panel} aria-labelledby={id} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      <FocusedHeading level={2} id={id}>
        {title}
      </FocusedHeading>
      {children}
      <Failure problem={act.problem} />
      <div className={css.actions}>
        <Button type="submit" className={danger ? 'danger' : ''}>
          {doIt}
        </Button>
        <Button type="button" variant="secondary" onClick={onCancel}>
          {t('staff.cancel')}
        </Button>
      </div>
    </form>
  );
}
