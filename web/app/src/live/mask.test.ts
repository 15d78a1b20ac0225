import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdsCode, MASK, mask } from './mask';

interface Vectors {
  marker: string;
  cases: { name: string; in: string; out: string; hidden: number }[];
}

const FILE = resolve(import.meta.dirname, '../../../../channel/chat/testdata/mask-vectors.json');
const vectors = JSON.parse(readFileSync(FILE, 'utf8')) as Vectors;

describe('masking a personal identity code, as the server does it', () => {
  it('has the server’s marker', () => expect(MASK).toBe(vectors.marker));

  it.each(vectors.cases)('$name', (vector) => {
    expect(mask(vector.in)).toBe(vector.out);
    expect(holdsCode(vector.in)).toBe(vector.hidden > 0);
  });
});
