import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatService } from '../api/shapes';
import { guardianship, services, state, talking } from '../fake/chat';
import { handOver } from '../fake/first';
import { FakeLine } from '../fake/line';
import { offline, refuse, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import ChatPage from './ChatPage';

const CONTACT = '/api/chat/contacts/c_1';
const ORDER = `POST ${CONTACT}/transcript`;
const KEEP = 'Säilytämme tiedot enintään 3 päivää.';
const user = userEvent.setup();
const mailed = { ...guardianship, transcript_keep_line: KEEP };
let line: FakeLine;

beforeEach(() => {
  at('/chat/guardianship-chat');
  line = new FakeLine();
});

async function begin(service: ChatService = mailed, more: Parameters<typeof serve>[0] = {}, first = talking()) {
  const seen = serve({
    'GET /api/chat/services': () => services(service),
    [`GET ${CONTACT}/messages`]: () => ({ messages: [], last: 0 }),
    ...more,
  });
  handOver({ state: first }, { service });
  show(<ChatPage service="guardianship-chat" openLine={line.open} />, 'citizen');
  await screen.findByRole('log');
  return seen;
}

const opener = () => screen.findByRole('button', { name: 'Lähetä keskustelu sähköpostiin' });
const field = () => screen.getByRole('textbox', { name: /Sähköpostiosoite/ });
const send = () => screen.getByRole('button', { name: 'Lähetä sähköpostiin' });

describe('the transcript by e-mail', () => {
  it('is not offered where the notice or the server does not allow it, nor before anything is said', async () => {
    await begin(guardianship);
    expect(screen.queryByRole('button', { name: /sähköpostiin/ })).toBeNull();
  });

  it('waits until somebody answers', async () => {
    await begin(mailed, {}, state());
    expect(screen.queryByRole('button', { name: /sähköpostiin/ })).toBeNull();
  });

  it('says how long the address is kept, sends it, and tells what became of it', async () => {
    const seen = await begin(mailed, { [ORDER]: () => talking({ transcript: 'waiting' }) });
    await user.click(await opener());
    expect(document.activeElement).toBe(field());
    expect(screen.getByText(new RegExp(KEEP))).toBeTruthy();
    await user.type(field(), ' maija@example.fi {Enter}');
    expect(await screen.findByText(/Keskustelu on tilattu/)).toBeTruthy();
    expect(sentTo(seen, ORDER)[0]?.body).toEqual({ email: 'maija@example.fi' });
    expect(screen.queryByRole('button', { name: /sähköpostiin/ })).toBeNull();
    await line.push({ t: 'state', state: talking({ transcript: 'sent' }) });
    const told = await screen.findByText(/Keskustelu on lähetetty/);
    expect(told.closest('[role="status"]')).toBeTruthy();
    expect(JSON.stringify(window.sessionStorage)).not.toContain('maija');
  });

  it('asks again what became of it, when the news came before the answer', async () => {
    await begin(mailed, {
      [ORDER]: () => talking({ transcript: 'waiting' }),
      [`GET ${CONTACT}`]: () => talking({ transcript: 'sent' }),
    });
    await line.connect({ state: talking() });
    await user.click(await opener());
    await user.type(field(), 'maija@example.fi');
    await line.push({ t: 'state', state: talking({ transcript: 'sent' }) });
    await user.click(send());
    expect(await screen.findByText(/Keskustelu on tilattu/)).toBeTruthy();
    expect(await screen.findByText(/Keskustelu on lähetetty/, {}, { timeout: 4_000 })).toBeTruthy();
  });

  it('says at the field what is wrong, and keeps what was typed', async () => {
    await begin(mailed, { [ORDER]: () => refuse(422, 'invalid', 'Kirjoita osoite muodossa nimi@example.fi.', { field: 'email' }) });
    await user.click(await opener());
    await user.click(send());
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('Kirjoita sähköpostiosoite.')).toBeTruthy();
    await user.type(field(), 'maija');
    await user.click(send());
    expect(await screen.findByText('Kirjoita osoite muodossa nimi@example.fi.')).toBeTruthy();
    expect(document.activeElement).toBe(field());
    expect((field() as HTMLInputElement).value).toBe('maija');
  });

  it('says when nothing could be told, and gives the focus back when it is called off', async () => {
    await begin(mailed, { [ORDER]: offline });
    await user.click(await opener());
    await user.type(field(), 'maija@example.fi');
    await user.click(send());
    expect(await screen.findByRole('alert')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Peruuta' }));
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Lähetä keskustelu sähköpostiin'));
  });

  it('is offered at the end too, and again after a refusal', async () => {
    await begin();
    await line.push({ t: 'state', state: state({ status: 'closed', reference: 'AB', transcript: 'refused' }) });
    expect(await screen.findByText(/osoitetta ei hyväksytty/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Lähetä keskustelu uudelleen sähköpostiin' })).toBeTruthy();
  });
});
