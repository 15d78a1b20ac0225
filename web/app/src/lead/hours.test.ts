import { describe, expect, it } from 'vitest';
import { formatWall } from '../text/format';
import { hoursOf, hoursReducer, readTime, type Span, spanFaults, spansOf } from './hours';

const span = (id: number, opens: string, closes: string, weekday: Span['weekday'] = 1): Span => ({ id, weekday, opens, closes });

describe('times', () => {
  it.each([
    ['9', '09:00'],
    ['9.30', '09:30'],
    ['09:30', '09:30'],
    [' 1615 ', '16:15'],
    ['24', '24:00'],
    ['0.00', '00:00'],
  ])('reads %s as %s', (text, time) => expect(readTime(text)).toBe(time));

  it.each(['', 'yhdeksän', '25', '24.01', '9.60', '9.5', '-1'])('refuses %s', (text) => expect(readTime(text)).toBeNull());
});

describe('faults', () => {
  it('finds a time that is none, an order that is wrong and spans that overlap', () => {
    const faults = spanFaults([span(0, 'x', '12'), span(1, '16', '9', 2), span(2, '9', '12', 3), span(3, '11', '14', 3)]);
    expect([...faults]).toEqual([
      ['0.opens', 'form'],
      ['1.closes', 'order'],
      ['3.opens', 'overlap'],
    ]);
  });

  it('lets one span begin where another ends, and the same hours stand on two days', () => {
    expect(spanFaults([span(0, '9', '12'), span(1, '12', '16'), span(2, '9', '12', 2)]).size).toBe(0);
  });

  it('does not let a service open at the end of the day', () => {
    expect([...spanFaults([span(0, '24', '24')]).keys()]).toContain('0.opens');
  });
});

describe('editing', () => {
  it('sorts what the server gives, adds, writes and removes', () => {
    let spans = spansOf([
      { weekday: 7, opens: '10:00', closes: '14:00' },
      { weekday: 1, opens: '12:00', closes: '16:00' },
      { weekday: 1, opens: '09:00', closes: '11:00' },
    ], (time) => formatWall('fi', time));
    expect(spans.map(({ opens }) => opens)).toEqual(['9.00', '12.00', '10.00']);
    spans = hoursReducer(spans, { do: 'remove', id: 2 });
    spans = hoursReducer(spans, { do: 'add', weekday: 3 });
    const id = spans.at(-1)!.id;
    spans = hoursReducer(spans, { do: 'write', id, edge: 'opens', text: '9.15' });
    spans = hoursReducer(spans, { do: 'write', id, edge: 'closes', text: '10' });
    expect(hoursOf(spans)).toEqual([
      { weekday: 1, opens: '09:00', closes: '11:00' },
      { weekday: 1, opens: '12:00', closes: '16:00' },
      { weekday: 3, opens: '09:15', closes: '10:00' },
    ]);
  });

  it('copies Monday to the working week and leaves the weekend', () => {
    const spans = hoursReducer([span(0, '9', '16'), span(1, '8', '9', 2), span(2, '10', '12', 6)], { do: 'copy' });
    expect(hoursOf(spans).map(({ weekday, opens }) => `${weekday} ${opens}`)).toEqual([
      '1 09:00', '2 09:00', '3 09:00', '4 09:00', '5 09:00', '6 10:00',
    ]);
    expect(new Set(spans.map(({ id }) => id)).size).toBe(spans.length);
  });
});
