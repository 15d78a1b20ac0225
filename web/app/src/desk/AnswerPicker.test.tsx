import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { board, deskAnswers, me, mine, options, view } from '../fake/desk';
import { FakeLine } from '../fake/line';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import DeskPage from './DeskPage';

const A = 'c_01AAAA';
const B = 'c_01BBBB';
const POST = `POST /api/desk/contacts/${A}/messages`;
const ANSWERS = 'GET /api/desk/services/citizens-advice/answers';
const user = userEvent.setup();
let seen: Seen[];

async function open(lang = 'fi', more: Parameters<typeof serve>[0] = {}) {
  seen = serve({
    'GET /api/staff/me': () => me(),
    'GET /api/desk/options': () => options,
    'GET /api/desk/board': () => board({ mine: [mine(A, { lang }), mine(B)] }),
    [`GET /api/desk/contacts/${A}`]: () => view(A, { lang }),
    [`GET /api/desk/contacts/${B}`]: () => view(B),
    [ANSWERS]: () => deskAnswers(),
    [POST]: () => ({ n: 2, at: 1, masked: false }),
    ...more,
  });
  show(<DeskPage openLine={new FakeLine().open} />, 'staff');
  await user.click(await screen.findByRole('button', { name: /AAAA/ }));
  await user.click(await screen.findByRole('textbox', { name: 'Vastaus asiakkaalle' }));
}

const writer = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Vastaus asiakkaalle' });
const search = () => screen.findByRole<HTMLInputElement>('combobox', { name: /Hae nimellä/ });
const sent = () => sentTo(seen, POST)[0]?.body as { text: string; lang: string };

beforeEach(() => at('/desk'));

describe('ready answers', () => {
  it('open by a slash, are searched and chosen by keys, and wait to be sent', async () => {
    await open();
    await user.keyboard('/');
    const field = await search();
    expect(document.activeElement).toBe(field);
    await screen.findByRole('option', { name: /Passi/ });
    await user.keyboard('{ArrowDown}');
    expect(document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent).toContain('Passi');
    await user.keyboard('hei{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(writer()));
    expect(writer().value).toBe('Hei, tämä on Kansalaisneuvonta.');
    expect(sentTo(seen, POST)).toHaveLength(0);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(sent()).toMatchObject({ text: 'Hei, tämä on Kansalaisneuvonta.', lang: 'fi' }));
  });

  it('come in the citizen’s language, marked where there is only another, which the message then carries once', async () => {
    await open('sv');
    await user.keyboard('{Alt>}a{/Alt}');
    await screen.findByRole('option', { name: /Tervehdys/ });
    const [first, , last] = within(screen.getByRole('listbox', { name: 'Vastauspohjat' })).getAllByRole('option');
    expect(first?.textContent).toContain('Medborgarrådgivningen');
    expect(last?.textContent).toContain('vain kielellä: suomi');
    await user.keyboard('passi{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(writer()));
    expect(writer().lang).toBe('fi');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(sent()).toMatchObject({ lang: 'fi' }));
    expect(writer().lang).toBe('sv');
  });

  it('keep a variable that is not known, marked to be written over, and do not let it be sent', async () => {
    await open();
    await user.keyboard('/ajat');
    await screen.findByRole('option', { name: /Ajat/ });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(writer()));
    expect(writer().value.slice(writer().selectionStart, writer().selectionEnd)).toBe('{opens_at}');
    expect(screen.getByText(/Näitä ei tiedetä nyt: \{opens_at\} \{adviser\}/)).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(screen.getByText(/Täydennä tai poista/)).toBeTruthy();
    expect(sentTo(seen, POST)).toHaveLength(0);
  });

  it('close by Escape without a trace, and say so when there are none', async () => {
    await open('fi', { [ANSWERS]: () => deskAnswers({ answers: [] }) });
    await user.keyboard('/');
    expect(await screen.findByText(/ei ole vastauspohjia/)).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(writer()));
    expect(screen.queryByRole('combobox', { name: /Hae nimellä/ })).toBeNull();
    expect(writer().value).toBe('');
  });

  it('say why they could not be loaded', async () => {
    await open('fi', { [ANSWERS]: () => refuse(503, 'busy', 'Palvelu on hetken poissa.') });
    await user.keyboard('/');
    expect(await screen.findByText('Palvelu on hetken poissa.')).toBeTruthy();
  });

  it('leave the draft with its language in its contact when one goes to another', async () => {
    await open('sv');
    await user.keyboard('/passi');
    await screen.findByRole('option', { name: /Passi/ });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(writer()));
    await user.click(screen.getByRole('button', { name: /BBBB/ }));
    await waitFor(() => expect(writer().value).toBe(''));
    await user.click(screen.getByRole('button', { name: /AAAA/ }));
    await waitFor(() => expect(writer().value).toContain('poliisi'));
    expect(writer().lang).toBe('fi');
  });

  it('keep what one writes out of the browser’s storage, and have the browser ask before it is lost', async () => {
    await open();
    const leaving = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leaving()).toBe(false);
    await user.type(writer(), 'luonnos');
    expect(leaving()).toBe(true);
    expect(JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])).not.toContain('luonnos');
    await user.clear(writer());
    expect(leaving()).toBe(false);
  });
});
