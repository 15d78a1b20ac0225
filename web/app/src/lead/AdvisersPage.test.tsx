import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { me } from '../fake/desk';
import { refuse, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import AdvisersPage from './AdvisersPage';

const user = userEvent.setup();
const PUT = 'PUT /api/lead/advisers/s_aino';
const advice = { id: 'citizens-advice', name: 'Kansalaisneuvonta' };
const permits = { id: 'permits', name: 'Luvat' };
const aino = { id: 's_aino', name: 'Aino Esimerkki', may: [advice, permits], languages: ['fi', 'sv'], services: ['citizens-advice'], capacity: 3 };

const open = (more: Parameters<typeof serve>[0] = {}, advisers: object[] = [aino]) => {
  const seen = serve({ 'GET /api/staff/me': () => me({ roles: [{ role: 'lead' }] }), 'GET /api/lead/advisers': () => ({ advisers }), [PUT]: () => undefined, ...more });
  show(<AdvisersPage />, 'staff');
  return seen;
};
const press = async (name: string) => user.click(await screen.findByRole('button', { name }));

beforeEach(() => at('/lead/advisers'));

describe('the lead’s page of advisers', () => {
  it('tells what each is offered, and changes it', async () => {
    const seen = open();
    const row = (await screen.findByRole('rowheader', { name: 'Aino Esimerkki' })).closest('tr');
    expect(row?.textContent).toContain('suomi, ruotsi');
    expect(row?.textContent).toContain('Kansalaisneuvonta');
    await press('Muuta, mitä tarjotaan: Aino Esimerkki');
    await user.click(screen.getByRole('checkbox', { name: 'ruotsi' }));
    await user.click(screen.getByRole('checkbox', { name: 'Luvat' }));
    const most = screen.getByRole('textbox', { name: /Enintään yhtä aikaa/ });
    await user.clear(most);
    await press('Tallenna');
    expect(await screen.findByText('Kirjoita kokonaisluku.')).toBeTruthy();
    expect(document.activeElement).toBe(most);
    await user.type(most, '4');
    await press('Tallenna');
    expect(await screen.findByText('Tallennettu: Aino Esimerkki.')).toBeTruthy();
    expect(sentTo(seen, PUT)[0]?.body).toEqual({ languages: ['fi'], services: ['citizens-advice', 'permits'], capacity: 4 });
  });

  it('shows what the server refuses beside the field', async () => {
    open({ [PUT]: () => refuse(422, 'skill-languages', 'Valitse ainakin yksi kieli.', { field: 'languages' }) });
    await press('Muuta, mitä tarjotaan: Aino Esimerkki');
    await press('Tallenna');
    expect(within(await screen.findByRole('group', { name: /Kielet/ })).getByText('Valitse ainakin yksi kieli.')).toBeTruthy();
  });

  it('says that nobody is there', async () => {
    open({}, []);
    expect(await screen.findByText(/Palveluissasi ei ole palveluneuvojia/)).toBeTruthy();
  });
});
