import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Linked } from './Linked';

afterEach(cleanup);

const links = (text: string) => {
  const { container } = render(<Linked text={text} />);
  return { text: container.textContent, hrefs: screen.queryAllByRole('link').map((link) => link.getAttribute('href')), container };
};

describe('a web address that an adviser wrote', () => {
  it('can be followed, hands nothing on, and is asked nothing before that', () => {
    const ask = vi.spyOn(globalThis, 'fetch');
    const { container } = links('Katso https://www.example.fi/vuositili?a=1#b. Kiitos!');
    const link = screen.getByRole('link', { name: 'https://www.example.fi/vuositili?a=1#b' });
    expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(link.getAttribute('target')).toBe('_blank');
    expect(container.textContent).toBe('Katso https://www.example.fi/vuositili?a=1#b. Kiitos!');
    expect(container.querySelectorAll('img, iframe, link, script, object, embed')).toHaveLength(0);
    expect(ask).not.toHaveBeenCalled();
  });

  it('is shown with the host that the browser reads, where that is another than the one that people read', () => {
    expect(links('https://роliisi.example/passi').text).toMatch(/passi \(xn--liisi-\w+\.example\)$/);
    cleanup();
    expect(links('HTTPS://WWW.Example.FI/A').text).toBe('HTTPS://WWW.Example.FI/A');
  });

  it.each(['https://poliisi.example.fi@paha.example/', 'https://a:b@paha.example', 'javascript:alert(1)', 'data:text/html,x', 'ftp://example.fi', 'https://', 'http://[x'])('stays text: %s', (text) => {
    expect(links(text)).toMatchObject({ text, hrefs: [] });
  });
});
