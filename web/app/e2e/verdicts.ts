/**
 * What axe could not decide by itself, each looked at by a person. A new one fails the test until
 * it has a verdict here.
 */
export interface Verdict {
  rule: string;
  /** Part of axe's own message about the element. */
  because: RegExp;
  verdict: string;
  /** Holds only where the contrast, computed from the element's own colours, is enough. */
  contrast?: true;
}

export const verdicts: Verdict[] = [
  {
    rule: 'color-contrast',
    because: /overlapped by another element|partially obscured|obscured by another/,
    verdict:
      'Text that has scrolled under the edge of its own box, as in the tables of a notice at 320 px and in a long conversation. ' +
      'Looked at in the pictures by whoever wrote the page: nothing lies over it. Its contrast is not taken on trust: the test ' +
      'computes it from the colours of the text and of the ground behind it (AA: 4.5).',
    contrast: true,
  },
  {
    rule: 'color-contrast',
    because: /background gradient/,
    verdict: 'A button under the pointer, whose ground is a gradient. The test computes the contrast with each of its colours (AA: 4.5).',
    contrast: true,
  },
  {
    rule: 'frame-tested',
    because: /iframe still has to be tested/,
    verdict:
      'The chat in its frame on a site of somebody else’s. widget.spec.ts runs axe over that page and into the frame; here the ' +
      'page around it is looked at.',
  },
];
