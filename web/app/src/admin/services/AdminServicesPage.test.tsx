import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AdminService } from '../../api/shapes';
import { AT, me } from '../../fake/desk';
import { leadService } from '../../fake/office';
import { refuse, type Seen, sentTo, serve } from '../../fake/server';
import { at, show } from '../../fake/show';
import AdminServicesPage from './AdminServicesPage';

const user = userEvent.setup();
const three = (text: string) => ({ fi: text, sv: `${text} sv`, en: `${text} en` });
const BASE = '/api/admin/services/citizens-advice';
let stored: AdminService;
let seen: Seen[];

function open(more: Parameters<typeof serve>[0] = {}) {
  const keep = (part: unknown) => (stored = { ...stored, ...(part as Partial<AdminService>) });
  seen = serve({
    'GET /api/staff/me': () => me({ roles: [{ role: 'administrator' }] }),
    'GET /api/admin/services': () => ({ services: [stored], notices: [{ id: 'citizens-advice', name: 'Neuvonta' }], generated_at: AT }),
    [`PUT ${BASE}/texts`]: ({ body }) => keep(body),
    [`PUT ${BASE}/topics`]: ({ body }) => keep(body),
    [`PUT ${BASE}/queues`]: ({ body }) => keep(body),
    ...more,
  });
  show(<AdminServicesPage />, 'staff');
}

const press = async (name: string | RegExp) => user.click(await screen.findByRole('button', { name }));

beforeEach(() => {
  at('/admin/services');
  stored = { ...leadService(), notice: { id: 'citizens-advice', name: 'Neuvonta' }, names: three('Kansalaisneuvonta'), about: three('Kysy'), topics: [{ id: 'moving', name: three('Muutto') }, { id: 'name', name: three('Nimi') }] };
});

describe('a service', () => {
  it('is named in every language, with a look at what customers will see', async () => {
    open();
    await press('Kansalaisneuvonta');
    await press('Muuta tekstejä: Kansalaisneuvonta');
    const [fi, sv] = screen.getAllByRole<HTMLInputElement>('textbox');
    await user.clear(sv!);
    await press('Tallenna');
    expect(screen.getByRole('button', { name: /^Palvelun nimi, ruotsi/ })).toBeTruthy();
    expect(sentTo(seen, `PUT ${BASE}/texts`)).toHaveLength(0);
    await user.type(sv!, 'Rådgivning');
    expect(screen.getByText('Rådgivning').getAttribute('lang')).toBe('sv');
    await user.clear(fi!);
    await user.type(fi!, 'Neuvonta');
    await press('Tallenna');
    expect(await screen.findByText('Tekstit on tallennettu.')).toBeTruthy();
    expect(sentTo(seen, `PUT ${BASE}/texts`)[0]?.body).toMatchObject({ base: 0, names: { fi: 'Neuvonta', sv: 'Rådgivning' } });
    expect(await screen.findByRole('heading', { level: 1, name: 'Neuvonta' })).toBeTruthy();
  });

  it('gets topics, in another order, and loses none', async () => {
    open();
    await press('Kansalaisneuvonta');
    await press('Muuta aiheita: Kansalaisneuvonta');
    await press('Siirrä alemmas: Aihe 1');
    await press('Poista käytöstä: Aihe 2');
    expect(screen.getByText(/Poissa käytöstä: Muutto/)).toBeTruthy();
    await press('Lisää aihe');
    const fields = screen.getAllByRole<HTMLInputElement>('textbox').slice(-3);
    await waitFor(() => expect(document.activeElement).toBe(fields[0]));
    for (const field of fields) await user.type(field, 'Uusi');
    await press('Tallenna');
    expect(await screen.findByText('Aiheet on tallennettu.')).toBeTruthy();
    expect(sentTo(seen, `PUT ${BASE}/topics`)[0]?.body).toEqual({ base: 0, topics: [{ id: 'name', name: three('Nimi') }, { id: '', name: { fi: 'Uusi', sv: 'Uusi', en: 'Uusi' } }] });
  });

  it('keeps a queue with people in it, and says so', async () => {
    open({ [`PUT ${BASE}/queues`]: () => refuse(409, 'conflict', 'Jonossa on asiakkaita.') });
    await press('Kansalaisneuvonta');
    await press('Muuta jonoja: Kansalaisneuvonta');
    await user.click(screen.getByRole('checkbox', { name: 'ruotsi' }));
    await press('Tallenna');
    expect(await screen.findByText('Jonossa on asiakkaita.')).toBeTruthy();
    expect(sentTo(seen, `PUT ${BASE}/queues`)[0]?.body).toEqual({ base: 0, languages: ['fi', 'en'] });
  });
});

describe('a new service', () => {
  it('is opened under a register, in every language', async () => {
    const made = { ...stored, id: 'muuttoapu', names: three('Muuttoapu'), name: 'Muuttoapu' };
    open({ 'POST /api/admin/services': () => made });
    await press('Uusi palvelu');
    await press('Avaa palvelu');
    expect(document.activeElement?.textContent).toContain('Tarkista tiedot');
    await user.selectOptions(screen.getByRole('combobox'), 'citizens-advice');
    const [id, ...texts] = screen.getAllByRole('textbox');
    await user.type(id!, 'muuttoapu');
    for (const text of texts) await user.type(text, 'x');
    await press('Avaa palvelu');
    expect(await screen.findByRole('heading', { level: 1, name: 'Muuttoapu' })).toBeTruthy();
    expect(sentTo(seen, 'POST /api/admin/services')[0]?.body).toMatchObject({ id: 'muuttoapu', notice: 'citizens-advice', languages: ['fi', 'sv', 'en'] });
  });
});
