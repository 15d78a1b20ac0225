import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import type { FileRules } from '../api/shapes';
import { at, show } from '../fake/show';
import AttachPanel from './AttachPanel';
import { sizeIn } from './size';
import { type Send, useAttachment } from './useAttachment';
import { useIncoming } from './useIncoming';

const rules: FileRules = { accept: ['.jpg', '.jpeg', '.png', '.pdf'], most: 1_000 };
const picture = (bytes = 500) => new File([new Uint8Array(bytes)], 'kirje.png', { type: 'image/png' });

function Panel({ send, text = 'Katso tätä' }: { send: Send; text?: string }) {
  const attachment = useAttachment(rules, send);
  return <AttachPanel rules={rules} attachment={attachment} onSend={() => void attachment.send(text)} told />;
}

async function chosen(send: Send, file = picture()) {
  at('/chat/citizens-advice');
  const { container } = show(<Panel send={send} />, 'citizen');
  await screen.findByRole('button', { name: 'Liitä tiedosto' });
  const input = container.querySelector('input');
  if (!input) throw new Error('no field for files');
  await userEvent.setup().upload(input, file);
}

describe('a chosen file', () => {
  it('is shown with its size and sent only when the writer says so', async () => {
    const send = vi.fn<Send>(() => Promise.resolve());
    await chosen(send);
    const box = screen.getByRole('region', { name: 'Valittu tiedosto' });
    expect(box.textContent).toContain('kirje.png');
    expect(box.textContent).toContain('kamera');
    expect(send).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Lähetä tiedosto' }));
    expect(send.mock.calls[0]?.[1].text).toBe('Katso tätä');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Valittu tiedosto' })).toBeNull());
  });

  it('can be removed', async () => {
    const send = vi.fn<Send>(() => Promise.resolve());
    await chosen(send);
    await userEvent.click(screen.getByRole('button', { name: 'Poista tiedosto' }));
    expect(screen.getByRole('button', { name: 'Liitä tiedosto' })).toBeTruthy();
    expect(send).not.toHaveBeenCalled();
  });

  it('stays with the reason when it is refused, and goes again under the same id', async () => {
    let tries = 0;
    const send = vi.fn<Send>(() => (tries++ === 0 ? Promise.reject(new Problem({ code: 'busy', detail: 'Tiedostoa ei voitu tarkistaa.' })) : Promise.resolve()));
    await chosen(send);
    await userEvent.click(screen.getByRole('button', { name: 'Lähetä tiedosto' }));
    expect((await screen.findByRole('alert')).textContent).toBe('Tiedostoa ei voitu tarkistaa.');
    await userEvent.click(screen.getByRole('button', { name: 'Lähetä tiedosto' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(send.mock.calls[1]?.[1].clientId).toBe(send.mock.calls[0]?.[1].clientId);
  });

  it('tells how far it has come and can be stopped', async () => {
    const send = vi.fn<Send>((_file, _about, onProgress, signal) => {
      onProgress(0.4);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Problem({ code: 'busy', key: 'aborted' }))));
    });
    await chosen(send);
    await userEvent.click(screen.getByRole('button', { name: 'Lähetä tiedosto' }));
    expect((await screen.findByRole<HTMLProgressElement>('progressbar')).value).toBe(0.4);
    expect(screen.getByRole('status').textContent).toBe('Tiedostoa lähetetään…');
    await userEvent.click(screen.getByRole('button', { name: 'Keskeytä lähettäminen' }));
    expect(await screen.findByRole('button', { name: 'Lähetä tiedosto' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each([
    ['empty', 0, 'Tiedosto on tyhjä. Valitse toinen tiedosto.'],
    ['too large', 1_001, 'Tiedosto on liian suuri. Suurin sallittu koko on 1 kt.'],
  ])('that is %s is not sent at all', async (_, bytes, why) => {
    const send = vi.fn<Send>(() => Promise.resolve());
    await chosen(send, picture(bytes));
    expect(screen.getByRole('alert').textContent.replace(/\s/g, ' ')).toBe(why);
    expect(screen.queryByRole('button', { name: 'Lähetä tiedosto' })).toBeNull();
  });
});

function Writer({ send, takes = true }: { send: Send; takes?: boolean }) {
  const attachment = useAttachment(takes ? rules : undefined, send);
  const { over, target } = useIncoming(takes ? rules : undefined, attachment);
  return (
    <div role="group" aria-label="kirjoitus" data-over={over || undefined} {...target}>
      <textarea aria-label="viesti" />
      {takes && <AttachPanel rules={rules} attachment={attachment} onSend={() => void attachment.send('')} />}
    </div>
  );
}

describe('a file that is dropped or pasted', () => {
  const held = (...files: File[]) => ({ dataTransfer: { files, types: ['Files'], dropEffect: '' } });
  const writer = async (takes = true) => {
    const send = vi.fn<Send>(() => Promise.resolve());
    at('/chat/citizens-advice');
    show(<Writer send={send} takes={takes} />, 'citizen');
    return { send, box: await screen.findByRole('group', { name: 'kirjoitus' }) };
  };

  it('is chosen as by the button, has the focus, and is sent only when the writer says so', async () => {
    const { send, box } = await writer();
    fireEvent.dragOver(box, held(picture()));
    expect(box.dataset.over).toBe('true');
    fireEvent.drop(box, held(picture()));
    expect(box.dataset.over).toBeUndefined();
    const chosen = await screen.findByRole('region', { name: 'Valittu tiedosto' });
    expect(document.activeElement).toBe(chosen);
    expect(send).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Lähetä tiedosto' }));
    expect(send).toHaveBeenCalledOnce();
  });

  it('is taken from the clipboard where it is a picture, and words stay words', async () => {
    const { box } = await writer();
    fireEvent.paste(screen.getByRole('textbox', { name: 'viesti' }), { clipboardData: { files: [picture()], types: ['Files', 'text/plain'] } });
    expect(screen.queryByRole('region', { name: 'Valittu tiedosto' })).toBeNull();
    fireEvent.paste(box, { clipboardData: { files: [picture()], types: ['Files'] } });
    expect(await screen.findByRole('region', { name: 'Valittu tiedosto' })).toBeTruthy();
  });

  it.each([
    ['of another kind', [new File(['x'], 'ohjelma.exe', { type: 'application/x-msdownload' })], 'Tällaista tiedostoa ei voi lähettää. Sallitut tiedostot: JPG, PNG, PDF.'],
    ['one of several', [picture(), picture()], 'Liitä yksi tiedosto kerrallaan.'],
  ])('is not chosen when it is %s, and it says why', async (_, files, why) => {
    const { box, send } = await writer();
    fireEvent.drop(box, held(...files));
    expect((await screen.findByRole('alert')).textContent).toBe(why);
    expect(screen.queryByRole('region', { name: 'Valittu tiedosto' })).toBeNull();
    fireEvent.drop(box, held(picture()));
    await screen.findByRole('region', { name: 'Valittu tiedosto' });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(send).not.toHaveBeenCalled();
  });

  it('never takes the place of the page, beside the writer or where no files are taken', async () => {
    const { box } = await writer(false);
    for (const where of [box, document.body]) {
      expect(fireEvent.dragOver(where, held(picture()))).toBe(false);
      expect(fireEvent.drop(where, held(picture()))).toBe(false);
    }
    const text = { dataTransfer: { files: [], types: ['text/plain'], dropEffect: '' } };
    expect(fireEvent.drop(box, text)).toBe(true);
  });
});

it('writes sizes as people do', () => {
  const plain = (text: string) => text.replace(/\s/g, ' ');
  expect(plain(sizeIn('fi', 12))).toBe('1 kt');
  expect(plain(sizeIn('fi', 340_000))).toBe('340 kt');
  expect(plain(sizeIn('sv', 2_430_000))).toBe('2,4 MB');
  expect(plain(sizeIn('en', 10_000_000))).toBe('10 MB');
});
