import { describe, expect, it } from 'vitest';
import { type Draft, draftReducer, emptyDraft, faultsOf, setupOf, slugOf, STEPS, stepOf } from './draft';

const three = (text: string) => ({ fi: text, sv: text, en: text });
const whole: Draft = {
  ...emptyDraft,
  code: ' ABCD-EFGH-IJKL ',
  account: { username: 'paavo', name: 'Paavo P', email: '', password: 'neljä sanaa ihan peräkkäin', again: 'neljä sanaa ihan peräkkäin' },
  authority: { name: three('Mallilan kunta'), slug: 'mallila', zone: 'Europe/Helsinki' },
  contacts: { address: 'PL 1', phone: '', email: 'kirjaamo@example.fi', dpo: 'tietosuoja@example.fi' },
  service: { template: 'citizens-advice', name: three('Neuvonta'), languages: ['fi'] },
  adviser: { wanted: true, username: 'aino', name: 'Aino', email: 'aino@example.fi', secrecy: true },
};
const names = (step: (typeof STEPS)[number], draft: Draft) => faultsOf(step, draft, 12).map(({ name, fault }) => `${name} ${fault}`);

describe('the steps', () => {
  it('let through what is whole', () => {
    for (const step of STEPS) expect(faultsOf(step, whole, 12)).toEqual([]);
  });

  it('name what is missing in the order of the fields, each field once', () => {
    expect(names('code', emptyDraft)).toEqual(['code empty']);
    expect(names('account', emptyDraft)).toEqual(['account.username empty', 'account.name empty', 'account.password short']);
    expect(names('authority', emptyDraft)).toEqual(['authority.name.fi empty', 'authority.name.sv empty', 'authority.name.en empty', 'authority.slug slug']);
    expect(names('contacts', emptyDraft)).toEqual(['contacts.address empty', 'contacts.email email', 'contacts.dpo email']);
    expect(names('service', { ...emptyDraft, service: { ...emptyDraft.service, languages: [] } })).toEqual([
      'service.template template', 'service.name.fi empty', 'service.name.sv empty', 'service.name.en empty', 'service.languages languages',
    ]);
  });

  it('want the password long, not one’s own name, and the same twice', () => {
    const account = { ...whole.account, password: 'Pääkäyttäjä Paavo', name: 'pääkäyttäjä paavo', again: 'x' };
    expect(names('account', { ...whole, account })).toEqual(['account.password own', 'account.again again']);
  });

  it('count characters as people do', () => {
    const account = { ...whole.account, password: '🙂'.repeat(11), again: '🙂'.repeat(11) };
    expect(names('account', { ...whole, account })).toEqual(['account.password short']);
  });

  it('do not let the adviser have the administrator’s name, and ask nothing of one who comes later', () => {
    expect(names('adviser', { ...whole, adviser: { ...whole.adviser, username: 'PAAVO' } })).toEqual(['adviser.username taken']);
    expect(names('adviser', { ...whole, adviser: { ...emptyDraft.adviser, wanted: false } })).toEqual([]);
  });

  it('want a topic in every language and times that are times', () => {
    expect(names('topics', { ...whole, topics: [three('A'), { fi: 'B', sv: '', en: 'B' }] })).toEqual(['topics.1.sv empty']);
    expect(names('hours', { ...whole, hours: [{ id: 4, weekday: 1, opens: 'x', closes: '12' }] })).toEqual(['hours.4.opens hours']);
  });
});

describe('the short name', () => {
  it.each([
    ['Mallilan kunta', 'mallilan-kunta'],
    ['Öö & Åå', 'oo-aa'],
    ['112-virasto', 'virasto'],
    ['', ''],
  ])('of %s is %s', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('follows the name until another is written', () => {
    let draft = draftReducer(emptyDraft, { do: 'authority', part: { name: three('Mallila') } });
    expect(draft.authority.slug).toBe('mallila');
    draft = draftReducer(draft, { do: 'authority', part: { slug: 'malli' } });
    draft = draftReducer(draft, { do: 'authority', part: { name: three('Mallilan kunta') } });
    expect(draft.authority.slug).toBe('malli');
  });
});

describe('the draft', () => {
  it('adds, writes and removes topics', () => {
    let draft = draftReducer(emptyDraft, { do: 'topic', at: 0, text: three('A') });
    draft = draftReducer(draft, { do: 'topic', at: 1, text: three('B') });
    draft = draftReducer(draft, { do: 'topic', at: 0, text: three('C') });
    draft = draftReducer(draft, { do: 'topic', at: 1, text: null });
    expect(draft.topics).toEqual([three('C')]);
  });

  it('becomes what the server is told, without what nobody asked for', () => {
    expect(setupOf(whole)).toMatchObject({
      code: 'ABCD-EFGH-IJKL',
      account: { username: 'paavo', password: 'neljä sanaa ihan peräkkäin' },
      authority: { slug: 'mallila', dpo: 'tietosuoja@example.fi', time_zone: 'Europe/Helsinki' },
      adviser: { username: 'aino', secrecy: true },
    });
    expect(setupOf(whole).hours[0]).toEqual({ weekday: 1, opens: '09:00', closes: '15:00' });
    expect('adviser' in setupOf({ ...whole, adviser: { ...whole.adviser, wanted: false } })).toBe(false);
    expect('again' in setupOf(whole).account).toBe(false);
  });
});

describe('a refusal of the server', () => {
  it('leads to the step that can mend it', () => {
    expect(stepOf('setup-code-wrong', 'code')).toBe('code');
    expect(stepOf('password-common', 'password')).toBe('account');
    expect(stepOf('hours-order', 'hours[0]')).toBe('hours');
    expect(stepOf('field-long', 'email')).toBeNull();
  });
});
