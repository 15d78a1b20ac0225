import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LeadService } from '../api/shapes';
import { me } from '../fake/desk';
import { leadService, overview } from '../fake/office';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import ServicesPage from './ServicesPage';

const user = userEvent.setup();
const HOURS = 'PUT /api/lead/services/citizens-advice/hours';
const SITES = 'PUT /api/lead/services/citizens-advice/widget';
const DAYS = 'PUT /api/lead/services/citizens-advice/holidays';
let stored: LeadService;
let seen: Seen[];

function open(more: Parameters<typeof serve>[0] = {}) {
  const keep = (part: unknown) => (stored = { ...stored, ...(part as Partial<LeadService>) });
  seen = serve({
    'GET /api/staff/me': () => me({ roles: [{ role: 'lead' }] }),
    'GET /api/lead/overview': () => overview({ services: [stored] }),
    'GET /api/lead/services/citizens-advice': () => stored,
    [HOURS]: ({ body }) => keep(body),
    [DAYS]: ({ body }) => keep(body),
    ...more,
  });
  show(<ServicesPage />, 'staff');
}

const press = async (name: string | RegExp) => user.click(await screen.findByRole('button', { name }));

beforeEach(() => {
  at('/lead/services');
  stored = leadService();
});

describe('service hours', () => {
  it('are shown by day, and changed in place', async () => {
    open();
    expect(await screen.findByText('9.00–15.00')).toBeTruthy();
    await press('Muuta palveluaikoja: Kansalaisneuvonta');
    await press('Kopioi maanantain ajat tiistaille–perjantaille');
    await press('Tallenna');
    expect(await screen.findByText('Palveluajat on tallennettu.')).toBeTruthy();
    expect((sentTo(seen, HOURS)[0]?.body as { hours: unknown[] }).hours).toHaveLength(5);
  });

  it('lead from the summary of faults to the field, and lose nothing', async () => {
    open();
    await press('Muuta palveluaikoja: Kansalaisneuvonta');
    const [opens, closes] = screen.getAllByRole<HTMLInputElement>('textbox');
    await user.clear(closes!);
    await user.type(closes!, '8');
    await press('Tallenna');
    expect(document.activeElement?.textContent).toContain('Tarkista tiedot');
    await user.click(screen.getByRole('button', { name: /^maanantai, Sulkeutuu: / }));
    expect(document.activeElement).toBe(closes);
    expect(closes?.getAttribute('aria-invalid')).toBe('true');
    expect(opens?.value).toBe('9.00');
    expect(sentTo(seen, HOURS)).toHaveLength(0);
  });

  it('stay as they were written when the server refuses', async () => {
    open({ [HOURS]: () => refuse(503, 'busy', 'Palvelu on hetken poissa käytöstä.') });
    await press('Muuta palveluaikoja: Kansalaisneuvonta');
    const [opens] = screen.getAllByRole<HTMLInputElement>('textbox');
    await user.clear(opens!);
    await user.type(opens!, '10');
    await press('Tallenna');
    expect(await screen.findByText('Palvelu on hetken poissa käytöstä.')).toBeTruthy();
    expect(opens?.value).toBe('10');
  });
});

describe('somebody else who was first', () => {
  it('is told with what they changed; what was written stays and is saved over it', async () => {
    const theirs = { line: 'l_1', kind: 'service', id: 'citizens-advice', name: 'Kansalaisneuvonta', part: 'hours', version: 4, newest: true, at: 1, by: { id: 's_1', name: 'Anna Esimerkki' }, differences: [{ field: 'weekday', item: '1', before: '09:00–15:00', after: '08:00–15:00' }], restored: -1, restorable: true };
    open({
      [HOURS]: ({ body }) => ((body as { base: number }).base === 4 ? stored : refuse(409, 'conflict', 'Joku muu on muuttanut.', { key: 'setting-changed' })),
      'GET /api/settings/changes': () => ({ changes: [theirs] }),
    });
    await press('Muuta palveluaikoja: Kansalaisneuvonta');
    const [opens] = screen.getAllByRole<HTMLInputElement>('textbox');
    await user.clear(opens!);
    await user.type(opens!, '10');
    await press('Tallenna');
    expect(await screen.findByRole('row', { name: 'Palveluajat: maanantai 9.00–15.00 8.00–15.00' })).toBeTruthy();
    expect(screen.getByText(/^Anna Esimerkki, /)).toBeTruthy();
    expect(opens?.value).toBe('10');
    await press('Tallenna');
    expect(await screen.findByText('Palveluajat on tallennettu.')).toBeTruthy();
    expect(sentTo(seen, HOURS).map(({ body }) => (body as { base: number }).base)).toEqual([0, 4]);
  });
});

describe('exceptional days', () => {
  it('are added, removed and put back; what somebody else has changed meanwhile is told, and stays', async () => {
    const theirs = { line: 'l_1', kind: 'service', id: 'citizens-advice', name: 'Kansalaisneuvonta', part: 'holidays', version: 1, newest: true, at: 1, by: { id: 's_1', name: 'Anna Esimerkki' }, differences: [{ field: 'day', item: '2026-12-24', before: '', after: 'closed' }], restored: -1, restorable: true };
    open({
      'GET /api/settings/changes': () => ({ changes: [theirs] }),
      [DAYS]: ({ body }) => {
        const { base, holidays } = body as { base: number; holidays: LeadService['holidays'] };
        if (base !== stored.versions.holidays) return refuse(409, 'conflict', 'Joku muu on muuttanut.', { key: 'setting-changed' });
        return (stored = { ...stored, holidays, versions: { ...stored.versions, holidays: base + 1 } });
      },
    });
    await screen.findByText('Tulevia poikkeuspäiviä ei ole.');
    // Somebody else has added a day in the meantime.
    stored = leadService({ holidays: [{ day: '2026-12-24' }], versions: { ...stored.versions, holidays: 1 } });
    await press('Lisää poikkeuspäivä: Kansalaisneuvonta');
    await user.type(screen.getByLabelText('Päivä'), '2026-12-31');
    await press('Lisää');
    expect(await screen.findByText(/^Anna Esimerkki, /)).toBeTruthy();
    await press('Lisää');
    expect(await screen.findByText('Poikkeuspäivä 31.12.2026 on lisätty.')).toBeTruthy();
    expect(stored.holidays.map(({ day }) => day)).toEqual(['2026-12-24', '2026-12-31']);
    await press('Poista: 24.12.2026');
    await waitFor(() => expect(stored.holidays).toHaveLength(1));
    await press('Palauta');
    await waitFor(() => expect(stored.holidays).toHaveLength(2));
  });

  it('ask for a day, and for a name in every language or in none', async () => {
    open();
    await press('Lisää poikkeuspäivä: Kansalaisneuvonta');
    await user.type(screen.getByRole('textbox', { name: 'ruotsi' }), 'Utbildning');
    await press('Lisää');
    expect(screen.getAllByText('Valitse päivä.').length).toBeGreaterThan(0);
    expect(screen.getByRole('textbox', { name: 'suomi' }).getAttribute('aria-invalid')).toBe('true');
    expect(sentTo(seen, DAYS)).toHaveLength(0);
  });

  it('can be all public holidays of a year at once, named in three languages', async () => {
    open();
    await press('Lisää vuoden 2027 pyhäpäivät ja aatot (15): Kansalaisneuvonta');
    expect(await screen.findByText('Lisättiin 15 päivää, suljettu koko päivän.')).toBeTruthy();
    expect(stored.holidays).toContainEqual({ day: '2027-06-26', name: { fi: 'juhannuspäivä', sv: 'midsommardagen', en: 'Midsummer Day' } });
  });
});

describe('other sites', () => {
  const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Sivustot, joilla chatin voi avata' });

  it('are none until they are named, and then have a code to copy with the service’s id', async () => {
    open({ [SITES]: ({ body }) => (stored = { ...stored, widget: { ...stored.widget, ...(body as object) } }) });
    expect(await screen.findByText('Chat ei avaudu millään muulla sivustolla.')).toBeTruthy();
    expect(screen.queryByText(/widget\.js/)).toBeNull();
    await press('Muuta sivustoja, joilla chatin voi avata: Kansalaisneuvonta');
    await user.type(field(), 'https://www.Example.fi/{enter}https://läsimäki.example.fi');
    await press('Tallenna');
    expect(await screen.findByText('Sivustot on tallennettu.')).toBeTruthy();
    expect(sentTo(seen, SITES)[0]?.body).toEqual({ base: 0, origins: ['https://www.example.fi', 'https://xn--lsimki-buad.example.fi'] });
    const code = screen.getByText(/<script src="http:\/\/localhost(:\d+)?\/mallila\/widget\.js" data-service="citizens-advice"/).textContent;
    expect(code).toMatch(/^<a href="http:\/\/localhost(:\d+)?\/mallila\/chat\/citizens-advice" data-luukku-link>Chat: Kansalaisneuvonta<\/a>\n/);
    expect(screen.getByText('integrity="sha384-x" crossorigin="anonymous"')).toBeTruthy();
  });

  it('stay as they were written when one of them cannot be', async () => {
    const sentence = 'Kirjoita sivuston osoite muodossa https://www.example.fi.';
    open({ [SITES]: () => refuse(422, 'invalid', sentence, { field: 'origins' }) });
    await press('Muuta sivustoja, joilla chatin voi avata: Kansalaisneuvonta');
    await user.type(field(), 'http://example.fi/polku');
    await press('Tallenna');
    expect((await screen.findAllByText(sentence)).length).toBeGreaterThan(0);
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(field().value).toBe('http://example.fi/polku');
  });
});
