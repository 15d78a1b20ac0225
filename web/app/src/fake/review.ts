import type { ReviewedContact, ReviewedLine, ReviewOptions, Sample } from '../api/shapes';

/** Samples and pseudonymised contacts of an authority that does not exist. */
export const reviewOptions = (part: Partial<ReviewOptions> = {}): ReviewOptions => ({
  services: [
    {
      id: 'citizens-advice',
      name: 'Kansalaisneuvonta',
      purposes: [
        { id: 'quality', name: 'Palvelun laadun seuraaminen' },
        { id: 'training', name: 'Palveluneuvojien kouluttaminen' },
      ],
      trains: true,
    },
  ],
  days: [7, 30, 90],
  sizes: [5, 10, 20],
  ...part,
});

export const sample = (part: Partial<Sample> = {}): Sample => ({
  id: 'sa_1',
  service: { id: 'citizens-advice', name: 'Kansalaisneuvonta' },
  purpose: { id: 'quality', name: 'Palvelun laadun seuraaminen' },
  drawn_at: Date.parse('2026-11-23T10:00:00Z'),
  last_day: '2026-12-22',
  items: [
    { no: 1, state: 'open', last_day: '2026-12-22' },
    { no: 2, state: 'gone' },
  ],
  ...part,
});

const line = (n: number, part: Partial<ReviewedLine> = {}): ReviewedLine => ({ n, minute: n, from: 'citizen', lang: 'fi', pieces: [], ...part });

export const reviewed = (part: Partial<ReviewedContact> = {}): ReviewedContact => ({
  no: 1,
  state: 'open',
  service: { id: 'citizens-advice', name: 'Kansalaisneuvonta' },
  purpose: { id: 'quality', name: 'Palvelun laadun seuraaminen' },
  last_day: '2026-12-22',
  lines: [
    line(1, { from: 'event', event: 'taken', who: 'A' }),
    line(2, {
      pieces: [
        { word: 0, text: 'Olen ' },
        { word: 1, hidden: 'name' },
        { word: 1, text: ', ' },
        { word: 2, text: 'rehtori ' },
        { word: 3, text: 'Porissa.' },
      ],
    }),
    line(3, { from: 'adviser', who: 'A', pieces: [{ word: 0, text: 'Hei!' }] }),
  ],
  ...part,
});
