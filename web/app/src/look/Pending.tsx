import type { Problem } from '../api/problem';
import { useText } from '../text/TextProvider';
import { Failure } from './Failure';

/** In place of what is not there yet: that it is being fetched, or why it did not come. */
export function Pending({ problem, reload }: { problem: Problem | null; reload: () => void }) {
  const { t } = useText();
  return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
}
