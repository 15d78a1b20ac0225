import { useEffect } from 'react';
import type { Problem } from '../api/problem';

/** What the server refused, without what a field of the form tells already: that field, named by `nameOf`, gets the focus. */
export function useAtField(problem: Problem | null, fields: readonly string[], nameOf = (field: string) => field): Problem | null {
  const at = fields.find((field) => problem?.fields[field]);
  const name = at && nameOf(at);
  useEffect(() => {
    if (name) document.getElementsByName(name)[0]?.focus();
  }, [name, problem]);
  return at ? null : problem;
}
