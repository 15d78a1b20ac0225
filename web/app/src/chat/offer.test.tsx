import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { message } from '../fake/chat';
import { show } from '../fake/show';
import { composed, hand, offerOf, receive } from './offer';
import { TakeAlong } from './TakeAlong';

const url = 'http://localhost:3000/dvv/chat/guardianship-chat';
const text = `Holhoustoimen chat\nDigi- ja väestötietovirasto\n${url}`;

describe('an offer', () => {
  it('is read from an adviser’s message only, and only if it leads to a chat', () => {
    const offered = message(3, { from: 'adviser', event: 'offered', text });
    expect(offerOf(offered)).toEqual({ n: 3, service: 'Holhoustoimen chat', authority: 'Digi- ja väestötietovirasto', url });
    expect(offerOf({ ...offered, from: 'citizen' })).toBeNull();
    expect(offerOf({ ...offered, event: undefined })).toBeNull();
    expect(offerOf({ ...offered, text: 'X\nY\njavascript:alert(1)/chat/x' })).toBeNull();
  });

  it('takes along what was chosen, and nothing else', () => {
    expect(composed(['eka', 'toka'], ' loppu ')).toBe('eka\n\ntoka\n\nloppu');
    expect(composed([], '  ')).toBe('');
  });
});

describe('two tabs', () => {
  afterEach(() => vi.restoreAllMocks());

  it('hand the text over once, to the page that it is for', async () => {
    history.replaceState(null, '', '/dvv/chat/guardianship-chat');
    const end = hand(`${location.origin}/dvv/chat/guardianship-chat`, 'muutto');
    const other = hand(`${location.origin}/dvv/chat/other`, 'ei tämä');
    const got: string[] = [];
    const stop = receive((each) => got.push(each));
    await vi.waitFor(() => expect(got).toEqual(['muutto']));
    const again = receive((each) => got.push(`taas ${each}`));
    await new Promise((done) => setTimeout(done, 50));
    expect(got).toEqual(['muutto']);
    [end, other, stop, again].forEach((each) => each());
  });

  it('open beside each other with what the citizen chose; nothing is chosen for them', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    const messages = [message(1, { from: 'citizen', text: 'oma kysymys' }), message(2, { from: 'adviser', text: 'vastaus' })];
    show(<TakeAlong offer={{ n: 3, service: 'Holhoustoimen chat', authority: 'DVV', url }} messages={messages} onClose={() => undefined} />, 'citizen');
    const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'oma kysymys' });
    expect(box.checked).toBe(false);
    expect(screen.queryByText('vastaus')).toBeNull();
    await userEvent.click(box);
    await act(() => userEvent.click(screen.getByRole('button', { name: /uuteen välilehteen/ })));
    expect(open).toHaveBeenCalledWith(url, '_blank', 'noopener');
    expect(screen.getByText('oma kysymys').tagName).toBe('PRE');
  });
});
