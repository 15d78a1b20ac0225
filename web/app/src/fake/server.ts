import { vi } from 'vitest';

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Answer = (seen: Seen) => unknown;

/** An answer that is a problem, as the server words it. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: object,
  ) {}
}

export const refuse = (status: number, code: string, detail: string, more: object = {}) =>
  new Refusal(status, { type: 'about:blank', title: code, status, code, key: code, detail, ...more });

/** The line is down: no answer comes. */
export const offline = (): never => {
  throw new TypeError('Failed to fetch');
};

/**
 * Puts itself in fetch's place. Answers are found by "METHOD /path" below the base `/mallila`; what
 * nobody answers is a 404. Returns every request in the order it came.
 */
export function serve(answers: Record<string, Answer>): Seen[] {
  const all: Seen[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const path = pathname.replace(/^\/mallila/, '');
    const method = init.method ?? 'GET';
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const seen = { method, path, query: searchParams, body, headers: new Headers(init.headers) };
    all.push(seen);
    const answer = await answers[`${method} ${path}`]?.(seen);
    return respond(answer === undefined && !(`${method} ${path}` in answers) ? refuse(404, 'not_found', 'Ei löydy.') : answer);
  });
  return all;
}

function respond(answer: unknown): Response {
  if (answer instanceof Refusal)
    return new Response(JSON.stringify(answer.body), {
      status: answer.status,
      headers: { 'Content-Type': 'application/problem+json' },
    });
  return new Response(answer === undefined ? '' : JSON.stringify(answer));
}

/** The requests to one operation. */
export const sentTo = (all: Seen[], operation: string): Seen[] =>
  all.filter(({ method, path }) => `${method} ${path}` === operation);
