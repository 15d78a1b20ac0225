/**
 * What axe could not decide by itself, each looked at by a person. A new one fails the test until
 * it has a verdict here.
 */
export interface Verdict {
  rule: string;
  /** Part of axe's own message about the element. */
  because: RegExp;
  verdict: string;
}

export const verdicts: Verdict[] = [
  {
    rule: 'color-contrast',
    because: /overlapped by another element|partially obscured|obscured by another/,
    verdict: 'The text has scrolled under the edge of its own box; where it is in sight its contrast is computed.',
  },
];
