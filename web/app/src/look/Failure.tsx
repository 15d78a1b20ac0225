import { Button, InlineAlert } from 'suomifi-ui-components';
import type { Problem } from '../api/problem';
import { useText } from '../text/TextProvider';

interface Props {
  problem: Problem | null;
  /** What did not succeed, as a heading. */
  title?: string;
  onRetry?: () => void;
}

/** Says what went wrong in the server's words, or that there was no answer, and offers to try again. */
export function Failure({ problem, title, onRetry }: Props) {
  const { t } = useText();
  if (!problem) return null;
  return (
    <div role="alert">
      <InlineAlert status="error" labelText={title ?? t('shared.failed')}>
        {sentence(problem, t)}
      </InlineAlert>
      {onRetry && (
        <Button variant="secondary" onClick={onRetry} mt="s">
          {t('shared.retry')}
        </Button>
      )}
    </div>
  );
}

export function sentence(problem: Problem, t: ReturnType<typeof useText>['t']): string {
  if (problem.code === 'offline') return t('shared.offline');
  return problem.detail || t('shared.internal');
}
