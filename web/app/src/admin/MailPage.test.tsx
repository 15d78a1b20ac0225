import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { me } from '../fake/desk';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import MailPage from './MailPage';

const user = userEvent.setup();
const TRY = 'POST /api/admin/mail/try';
let seen: Seen[];

function open(state: object, more: Parameters<typeof serve>[0] = {}) {
  seen = serve({ 'GET /api/staff/me': () => me({ roles: [{ role: 'administrator' }] }), 'GET /api/admin/mail': () => state, ...more });
  show(<MailPage />, 'staff');
}

const SET = { set: true, server: 'mail.example.fi:587', security: 'starttls', signs_in: true, sender: 'Chat <chat@example.fi>', waiting: 0 };
const send = () => user.click(screen.getByRole('button', { name: 'Lähetä kokeiluviesti' }));

beforeEach(() => at('/admin/mail'));

describe('the mail server', () => {
  it('is told without its password, and tried with an address that is then forgotten', async () => {
    open(SET, { [TRY]: () => ({ outcome: 'taken', status: 250 }) });
    expect(await screen.findByText('mail.example.fi:587')).toBeTruthy();
    await send();
    expect(screen.getByText('Täytä tämä kohta.')).toBeTruthy();
    await user.type(screen.getByRole('textbox'), 'paavo@example.fi');
    await send();
    expect(await screen.findByText(/Palvelin otti viestin/)).toBeTruthy();
    expect(sentTo(seen, TRY)[0]?.body).toEqual({ to: 'paavo@example.fi' });
  });

  it('says what it answered when it refuses, and what is wrong with an address', async () => {
    open(SET, { [TRY]: ({ body }) => ((body as { to: string }).to === 'x' ? refuse(422, 'invalid', 'Tarkista osoite.', { field: 'to' }) : { outcome: 'refused', status: 550 }) });
    await screen.findByText('mail.example.fi:587');
    await user.type(screen.getByRole('textbox'), 'x');
    await send();
    expect(await screen.findByText('Tarkista osoite.')).toBeTruthy();
    await user.type(screen.getByRole('textbox'), '@example.fi');
    await send();
    expect(await screen.findByText(/550/)).toBeTruthy();
  });

  it('may not be set', async () => {
    open({ set: false, signs_in: false, waiting: 0 });
    expect(await screen.findByText(/Sähköpostipalvelinta ei ole asetettu/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Lähetä kokeiluviesti' })).toBeNull();
  });
});
