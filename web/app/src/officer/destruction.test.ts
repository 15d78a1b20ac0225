import { describe, expect, it } from 'vitest';
import type { DyingGroup } from '../api/shapes';
import { countsOf, daysBetween, planOf, registersOf } from './destruction';

const TODAY = '2026-12-21';
const bucket = (part: Partial<DyingGroup> = {}): DyingGroup => ({
  day: TODAY,
  notice: { id: 'advice', name: 'Neuvonta', url: '/mallila/notices/advice' },
  version: 1,
  group: 'service_event',
  group_name: 'Yhteydenoton tiedot',
  sentence: 'Säilytämme tiedot enintään kaksi vuotta.',
  state: 'living',
  records: 2,
  overdue: false,
  ...part,
});

describe('the plan', () => {
  it('puts today, what is overdue and what is being destroyed first', () => {
    const late = bucket({ day: '2026-12-20', overdue: true });
    const closing = bucket({ day: '2026-12-19', state: 'dead' });
    const later = bucket({ day: '2027-01-01' });
    const { tonight, later: rest } = planOf([later, bucket(), late, closing], TODAY);
    expect(tonight.map(({ day }) => day)).toEqual(['2026-12-19', '2026-12-20', TODAY]);
    expect(rest).toEqual([later]);
  });

  it('names each register once, by the alphabet', () => {
    const chat = { id: 'chat', name: 'Chat', url: '' };
    expect(registersOf([bucket(), bucket({ notice: chat }), bucket()])).toEqual([
      { id: 'chat', name: 'Chat' },
      { id: 'advice', name: 'Neuvonta' },
    ]);
  });

  it('counts days over the change of clocks', () => {
    expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
    expect(daysBetween(TODAY, TODAY)).toBe(0);
  });

  it('adds up the records of a group whatever day they die on', () => {
    const counts = countsOf([bucket(), bucket({ day: '2027-01-01', records: 3 })]);
    expect(counts.get('advice/service_event')?.records).toBe(5);
  });
});
