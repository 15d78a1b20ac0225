import { describe, expect, it } from 'vitest';
import { match } from './routes';
import { areas } from './staff/roles';

describe('routes', () => {
  it('hand a segment of the path to the page', () => {
    expect(match('/chat/citizens-advice')).toMatchObject({ route: { audience: 'citizen' }, params: { service: 'citizens-advice' } });
    expect(match('/chat/a%20b/')?.params).toEqual({ service: 'a b' });
  });

  it('lead nowhere else', () => {
    for (const path of ['/', '/chat', '/chat/a/b', '/deskx', '/admin/x']) expect(match(path), path).toBeNull();
  });

  it('have a page for each entry of the staff’s menu', () => {
    for (const { path } of areas) expect(match(path), path).not.toBeNull();
  });
});
