import type { DirectoryStep } from '../api/shapes';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

interface Props {
  /** null: not tried since the settings were changed. */
  steps: readonly DirectoryStep[] | null;
  busy: boolean;
}

/** What was tried of a directory, each with what it found in plain words. */
export function DirectoryTried({ steps, busy }: Props) {
  const { t } = useText();
  return (
    <div role="status" className={page.status}>
      {busy && t('admin.directory.trying')}
      {!busy && steps && (
        <>
          <p>{t(steps.some(({ state }) => state === 'wrong') ? 'admin.directory.wrong' : 'admin.directory.well')}</p>
          <dl className={css.facts}>
            {steps.map(({ step, state, told }) => (
              <div key={step} style={{ display: 'contents' }}>
                <dt>{t(`admin.directory.steps.${step}`)}</dt>
                <dd>{told ?? t(`admin.directory.states.${state}`)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
