import { describe, expect, it } from 'vitest';
import { leadService, overview } from '../fake/office';
import { warningsOf } from './warnings';

const limits = (part: object) => [leadService({ routing: { ...leadService().routing, ...part } })];
const told = (part: object, rest = {}, since = 0) => warningsOf(overview({ services: limits(part), ...rest }), since).map(({ kind, n }) => `${kind} ${n}`);

describe('warnings', () => {
  it('come when a limit is reached, not before', () => {
    expect(told({})).toEqual([]);
    expect(told({ warn_waiting: 3 })).toEqual([]);
    expect(told({ warn_waiting: 2 })).toEqual(['waiting 2']);
    expect(told({ warn_wait_s: 301 })).toEqual([]);
    expect(told({ warn_wait_s: 300 })).toEqual(['wait 300']);
  });

  it('come as a wait grows, without anything else happening', () => {
    expect(told({ warn_wait_s: 360 }, {}, 59_000)).toEqual([]);
    expect(told({ warn_wait_s: 360 }, {}, 60_000)).toEqual(['wait 360']);
  });

  it('come when nobody is available in an open service', () => {
    const away = overview().present.map((each) => ({ ...each, presence: 'away' as const }));
    expect(told({ warn_nobody: true })).toEqual([]);
    expect(told({ warn_nobody: true }, { present: away })).toEqual(['nobody 0']);
    const elsewhere = overview().present.map((each) => ({ ...each, services: ['permits'] }));
    expect(told({ warn_nobody: true }, { present: elsewhere })).toEqual(['nobody 0']);
    const closed = limits({ warn_nobody: true }).map((service) => ({ ...service, open: false }));
    expect(warningsOf(overview({ services: closed, present: away }), 0)).toEqual([]);
  });
});
