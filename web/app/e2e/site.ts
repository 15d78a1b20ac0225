import { createServer, type Server } from 'node:http';
import { type Browser, expect } from '@playwright/test';
import { staff } from './demo';

/** Everything that a careless or hostile page may do to what is put into it. */
const HOSTILE = `
  :root { font-size: 2px; }
  body { transform: rotate(0.01deg); overflow: hidden; }
  body :not(main, main *) { all: unset !important; display: none !important; visibility: hidden !important; opacity: 0 !important; pointer-events: none !important; }
  button, dialog, iframe { display: none !important; position: static !important; color: #fff !important; }
  main { position: relative; z-index: 2147483647; font-size: 16px; color: #212121; }`;

/** A site of somebody else's: another origin than the program's, a strict policy, a style of its own. */
export interface Site {
  origin: string;
  end: () => Promise<void>;
}

/**
 * Serves any path with the given head; the program is at `base`. On another port of the program's own host
 * it is another origin of the same site; on another host it is another site, for whose frames the browser
 * keeps nothing.
 */
export async function site(base: string, tag: string, host = '127.0.0.1', style = HOSTILE): Promise<Site> {
  const policy = `default-src 'none'; style-src 'self'; script-src ${base}; frame-src ${base}`;
  const server = createServer((request, answer) => {
    if (request.url === '/hostile.css') return void answer.setHeader('Content-Type', 'text/css').end(style);
    answer.setHeader('Content-Type', 'text/html; charset=utf-8').setHeader('Content-Security-Policy', policy);
    answer.end(page(tag));
  });
  const port = await new Promise<number>((resolve) => server.listen(0, host, () => resolve(portOf(server))));
  return { origin: `http://${host}:${port}`, end: () => new Promise((resolve) => void server.close(() => resolve())) };
}

const page = (tag: string) => `<!doctype html><html lang="fi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mallilan kunta</title><link rel="stylesheet" href="/hostile.css"></head>
<body><main><h1>Mallilan kunta</h1><p><a href="/toinen">Toinen sivu</a></p>${tag}</main></body></html>`;

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Names the sites that may carry the chat of a service, as its lead does. */
export async function allow(browser: Browser, service: string, origins: string[], authority = 'dvv') {
  const lead = await staff(browser, 'lead', { authority });
  const path = `/${authority}/api/lead/services/${service}`;
  const { versions } = (await (await lead.request.get(path)).json()) as { versions: { origins: number } };
  const answer = await lead.request.put(`${path}/widget`, { data: { base: versions.origins, origins } });
  expect(answer.ok(), await answer.text()).toBe(true);
  await lead.context().close();
}
