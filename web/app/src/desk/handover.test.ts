import { describe, expect, it } from 'vitest';
import { board, handover, mine } from '../fake/desk';
import { askedOf, newsOf } from './handover';

const me = { id: 's_1', name: 'Aino' };
const pekka = { id: 's_2', name: 'Pekka' };

describe('what colleagues ask', () => {
  it('is what is asked of me and not answered', () => {
    const all = [handover(), handover({ contact: 'c_2', state: 'given' }), handover({ contact: 'c_3', from: me, to: pekka })];
    expect(askedOf(board({ handovers: all })).map(({ contact }) => contact)).toEqual(['c_1']);
    expect(askedOf(null)).toEqual([]);
  });

  it('is said once, when it is new', () => {
    const now = board({ handovers: [handover(), handover({ contact: 'c_2', state: 'given' })] });
    expect(newsOf(board(), now)).toEqual([
      { what: 'asked', contact: 'c_1' },
      { what: 'given', contact: 'c_2' },
    ]);
    expect(newsOf(now, now)).toEqual([]);
    expect(newsOf(null, now)).toEqual([]);
  });

  it('tells whoever asked how it ended', () => {
    const asked = board({ mine: [mine('c_1')], handovers: [handover({ from: me, to: pekka })] });
    const joined = board({ mine: [mine('c_1', { along: true })], handovers: [handover({ from: me, to: pekka, state: 'joined' })] });
    expect(newsOf(asked, joined)).toEqual([{ what: 'joined', contact: 'c_1' }]);
    expect(newsOf(asked, board({ mine: [mine('c_1')] }))).toEqual([{ what: 'not_taken', contact: 'c_1' }]);
    expect(newsOf(asked, board({ mine: [mine('c_1', { status: 'closed' })] }))).toEqual([]);
  });
});
