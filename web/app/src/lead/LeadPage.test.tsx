import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { me, options } from '../fake/desk';
import { FakeLine } from '../fake/line';
import { leadService, overview } from '../fake/office';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import LeadPage from './LeadPage';

const user = userEvent.setup();
const lead = () => me({ roles: [{ role: 'lead' }] });
const MOVE = 'POST /api/lead/contacts/c_1/reassign';
const CLOSE = 'PUT /api/lead/services/citizens-advice/closure';
let line: FakeLine;
let now = overview();
let seen: Seen[];

function open(more: Parameters<typeof serve>[0] = {}) {
  seen = serve({
    'GET /api/staff/me': lead,
    'GET /api/desk/options': () => options,
    'GET /api/lead/overview': () => now,
    [MOVE]: () => undefined,
    [CLOSE]: ({ body }) => leadService({ open: false, closure: body as ReturnType<typeof leadService>['closure'] }),
    ...more,
  });
  show(<LeadPage openLine={line.open} />, 'staff');
}

const table = (name: string) => screen.findByRole('table', { name });
const press = async (name: string | RegExp) => user.click(await screen.findByRole('button', { name }));

beforeEach(() => {
  at('/lead');
  line = new FakeLine();
  now = overview();
});

describe('the lead’s page', () => {
  it('puts the longest wait first, and shows who waits in it', async () => {
    open();
    const rows = within(await table('Kuka odottaa ja kuinka kauan')).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('ruotsi');
    await press('Näytä odottavat: Kansalaisneuvonta, ruotsi');
    expect(await screen.findByText(/Odottanut 5 min/)).toBeTruthy();
  });

  it('says what is not there', async () => {
    now = overview({ queues: [], active: [], present: [] });
    open();
    expect(await screen.findByText('Kukaan ei ole jonossa.')).toBeTruthy();
    expect(screen.getByText('Yhteydenottoja ei ole käynnissä.')).toBeTruthy();
  });

  it('passes a contact to another who is present, never to who has it or is away', async () => {
    open();
    await press(/^Ohjaa toiselle: /);
    const choice = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Palveluneuvoja' });
    expect([...choice.options].map(({ text }) => text)).toEqual(['Bertel Exempel (varattu, käynnissä 0)']);
    await user.click(screen.getByRole('button', { name: 'Ohjaa' }));
    expect(await screen.findByText('Yhteydenotto on nyt palveluneuvojalla Bertel Exempel.')).toBeTruthy();
    expect(sentTo(seen, MOVE)[0]?.body).toEqual({ to_adviser: 's_bertel' });
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Käynnissä olevat yhteydenotot'));
  });

  it('says why nobody can be passed to', async () => {
    now = overview({ present: overview().present.slice(0, 1) });
    open();
    await press(/^Ohjaa toiselle: /);
    expect(screen.getByText(/kukaan toinen palveluneuvoja ei ole paikalla/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Ohjaa' })).toBeNull();
  });

  it('keeps the form open while the overview changes, and tells when its contact is gone', async () => {
    open();
    await press(/^Ohjaa toiselle: /);
    now = overview({ queues: [] });
    await line.connect();
    expect(await screen.findByText('Kukaan ei ole jonossa.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Ohjaa' })).toBeTruthy();
    now = overview({ active: [] });
    await line.push({ t: 'overview' });
    expect(await screen.findByText(/päättyi tai sai toisen palveluneuvojan/, {}, { timeout: 5_000 })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Ohjaa' })).toBeNull();
  });

  it('fetches many changes together', async () => {
    open();
    await table('Ketä palvellaan nyt');
    await line.connect();
    await waitFor(() => expect(sentTo(seen, 'GET /api/lead/overview')).toHaveLength(2));
    for (let i = 0; i < 20; i++) await line.push({ t: 'overview' });
    expect(sentTo(seen, 'GET /api/lead/overview')).toHaveLength(2);
  });

  it('closes a service with a message in every language, and not without one', async () => {
    open();
    await press('Sulje nyt: Kansalaisneuvonta');
    const swedish = await screen.findByRole('textbox', { name: 'ruotsi' });
    await waitFor(() => expect((swedish as HTMLTextAreaElement).value).toBe('Chatten är undantagsvis stängd.'));
    await user.clear(swedish);
    await press('Sulje palvelu');
    expect(document.activeElement).toBe(swedish);
    expect(sentTo(seen, CLOSE)).toHaveLength(0);
    await user.type(swedish, 'Stängt.');
    await press('Sulje palvelu');
    expect(await screen.findByText('Kansalaisneuvonta on suljettu.')).toBeTruthy();
    expect(sentTo(seen, CLOSE)[0]?.body).toMatchObject({ closed: true, message: { sv: 'Stängt.', en: 'The chat is exceptionally closed.' } });
  });

  it('shows a failure, and tries again', async () => {
    let tries = 0;
    open({ 'GET /api/lead/overview': () => (tries++ === 0 ? refuse(503, 'busy', 'Palvelu on hetken poissa käytöstä.') : now) });
    expect(await screen.findByText('Palvelu on hetken poissa käytöstä.')).toBeTruthy();
    await press('Yritä uudelleen');
    expect(await table('Ketä palvellaan nyt')).toBeTruthy();
  });
});
