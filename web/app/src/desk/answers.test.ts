import { describe, expect, it } from 'vitest';
import { deskAnswers, view } from '../fake/desk';
import { fill, holes, insertAt, matching, valuesOf } from './answers';

const { answers, variables } = deskAnswers();
const names = (query: string, wanted: 'fi' | 'sv' | 'en' = 'fi') => matching(answers, query, wanted, 'fi').map(({ name, lang }) => `${name} ${lang}`);

describe('finding an answer', () => {
  it('looks in name, shortcut and text, the closest first', () => {
    expect(names('passi')).toEqual(['Passi fi']);
    expect(names('POLIISI')).toEqual(['Passi fi']);
    expect(names('kukaan')).toEqual([]);
    expect(matching([{ ...answers[0]!, name: 'Hei hei', shortcut: '' }, answers[0]!], 'hei', 'fi', 'fi')[0]?.shortcut).toBe('hei');
  });

  it('puts what exists in the citizen’s language first, and the rest after it in another', () => {
    expect(names('', 'sv')).toEqual(['Tervehdys sv', 'Ajat sv', 'Passi fi']);
  });
});

describe('filling', () => {
  it('leaves in its braces what is not known, and fills nothing twice', () => {
    expect(fill('{service} {opens_at}', { service: '{opens_at}' })).toBe('{opens_at} {opens_at}');
    expect(holes('Avaamme {opens_at}, {opens_at}. {muu}', variables)).toEqual(['{opens_at}']);
  });

  it('says the adviser’s name only where the notice lets a contact keep it', () => {
    const mine = view('c_1', { adviser: { id: 's_1', name: 'Aino' }, reference: 'ABCD-1234' });
    expect(valuesOf(deskAnswers(), 'fi', mine)).toEqual({ service: 'Kansalaisneuvonta', reference: 'ABCD-1234' });
    expect(valuesOf(deskAnswers({ adviser: true }), 'fi', mine).adviser).toBe('Aino');
  });

  it('lands at the caret, apart from what stands there', () => {
    expect(insertAt('Kiitos.Moi', 7, 'Hei!')).toEqual({ draft: 'Kiitos. Hei! Moi', from: 8, to: 12 });
    expect(insertAt('', 0, 'Hei!').draft).toBe('Hei!');
  });
});
