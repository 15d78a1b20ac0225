import { useEffect } from 'react';

/** Names the page in the browser's tab. */
export function useTitle(...parts: string[]) {
  const title = parts.filter(Boolean).join(' – ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
