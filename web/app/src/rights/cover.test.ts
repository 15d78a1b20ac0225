import { describe, expect, it } from 'vitest';
import { covered, joined } from './cover';

describe('covering parts of a text', () => {
  it('joins parts that overlap or touch, and keeps the others in order', () => {
    expect(joined([{ from: 5, to: 7 }, { from: 0, to: 2 }, { from: 1, to: 3 }, { from: 3, to: 4 }])).toEqual([
      { from: 0, to: 4 },
      { from: 5, to: 7 },
    ]);
  });

  it('shows blocks as long as what they cover, so that later selections fit', () => {
    expect(covered('Naapuri Veikko muutti', [{ from: 8, to: 14 }])).toBe('Naapuri ██████ muutti');
  });
});
