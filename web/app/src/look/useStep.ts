import { useCallback, useEffect, useState } from 'react';

/**
 * The step of a page that has several, as a plain value. The browser's way back leads to the step
 * before. Nothing of it is in the address, and a reload begins from the first.
 */
export function useStep<S>(first: S): [step: S, go: (step: S) => void] {
  const [step, setStep] = useState(first);

  useEffect(() => {
    history.replaceState(null, '');
    const onBack = (event: PopStateEvent) => setStep((event.state as { step: S } | null)?.step ?? first);
    window.addEventListener('popstate', onBack);
    return () => window.removeEventListener('popstate', onBack);
    // The first step never changes while the page is shown.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const go = useCallback((next: S) => {
    history.pushState({ step: next }, '');
    setStep(next);
  }, []);
  return [step, go];
}
