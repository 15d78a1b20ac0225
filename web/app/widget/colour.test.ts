import { describe, expect, it } from 'vitest';
import { chosen, DEFAULT, withWhite } from './colour';

describe('the colour of the button', () => {
  it('is the page’s own where white text on it can be read', () => {
    expect(chosen('#005A00')).toEqual({ colour: '#005a00' });
    expect(chosen('#800')).toEqual({ colour: '#800' });
    // The lightest grey that passes, and the next.
    expect(chosen('#767676')).toEqual({ colour: '#767676' });
    expect(chosen('#777777').refused).toContain('4.48');
  });

  it.each(['red', '#12345', 'rgb(0,0,0)', '#00000000', '#fff;} *{display:none', 'var(--x)'])('is the default for %s', (given) => {
    expect(chosen(given)).toMatchObject({ colour: DEFAULT, refused: expect.stringContaining('is not') as string });
  });

  it('is the default when none is given, and that can be read', () => {
    expect(chosen(undefined)).toEqual({ colour: DEFAULT });
    expect(withWhite(DEFAULT)).toBeGreaterThanOrEqual(4.5);
    expect(withWhite('#000')).toBeCloseTo(21);
  });
});
