import { describe, expect, it } from 'vitest';
import { snippetOf } from './snippet';

describe('the code for a page', () => {
  it('is a link that needs no script, and the script', () => {
    const page = document.createElement('div');
    page.innerHTML = snippetOf('https://luukku.example.fi/dvv', 'advice', 'Neuvonta & "apu" <b>');
    const [link, script, more] = page.children;
    expect(more).toBeUndefined();
    expect(link?.outerHTML).toContain('href="https://luukku.example.fi/dvv/chat/advice"');
    expect(link?.textContent).toBe('Neuvonta & "apu" <b>');
    expect(script?.getAttribute('src')).toBe('https://luukku.example.fi/dvv/widget.js');
  });
});
