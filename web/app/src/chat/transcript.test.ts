import { describe, expect, it } from 'vitest';
import fi from '../text/fi.json';
import { message } from '../fake/chat';
import { textOf } from '../text/TextProvider';
import { transcript } from './transcript';

const text = textOf({ lang: 'fi', texts: fi }, () => undefined);
const head = { service: 'Neuvonta & muu', authority: 'Mallilan kunta', reference: 'KN-4F7Q' };

describe('the conversation as a file', () => {
  const html = transcript(
    head,
    [message(1, { text: '<script>alert("x")</script>' }), message(2, { from: 'note', text: 'sisäinen' }), message(3, { from: 'citizen', lang: 'sv', text: 'Tack' })],
    text,
  );

  it('escapes everything that was written', () => {
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('Neuvonta &amp; muu');
  });

  it('marks languages, names the reference and holds no internal note', () => {
    expect(html).toContain('<dd lang="sv">Tack</dd>');
    expect(html).toContain('KN-4F7Q');
    expect(html).not.toContain('sisäinen');
  });
});
