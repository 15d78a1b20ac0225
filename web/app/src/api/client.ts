import { boot } from '../boot';
import { Problem, readProblem } from './problem';
import type { paths } from './schema';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** Paths of the description that answer to method M. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];

type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined;
type AnswerOf<O> = O extends { responses: infer R }
  ? R extends Record<200 | 201, { content: { 'application/json': infer A } }>
    ? A
    : R extends Record<200, { content: { 'application/json': infer A } }>
      ? A
      : R extends Record<201, { content: { 'application/json': infer A } }>
        ? A
        : undefined
  : never;

export interface Options<B> {
  /** Values of the `{names}` in the path. */
  at?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: B;
  /** A citizen's contact token. Staff are known by their cookie. */
  token?: string | undefined;
  /** Let the request outlive the page. */
  keepalive?: boolean;
  signal?: AbortSignal;
}

/** Told when a call finds that the session of a member of staff has ended. */
let onSignedOut: () => void = () => undefined;
export function whenSignedOut(react: () => void) {
  onSignedOut = react;
}

let answeredAt = 0;
/** When the server last answered a member of staff: each such call puts off the end of the session. */
export const lastAnswer = () => answeredAt;

/** Calls one operation of the API. Throws a Problem, never anything else. */
export async function call<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  options: Options<BodyOf<paths[P][M]>> = {},
): Promise<AnswerOf<paths[P][M]>> {
  const response = await send(method, address(path, options), options);
  if (!response.ok) {
    const problem = await readProblem(response);
    if (problem.key === 'signed-out') onSignedOut();
    throw problem;
  }
  if (options.token === undefined) answeredAt = Date.now();
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as AnswerOf<paths[P][M]>;
}

async function send(method: Method, url: string, { body, token, keepalive, signal }: Options<unknown>) {
  const headers: Record<string, string> = { 'Accept-Language': document.documentElement.lang || 'fi' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  const init: RequestInit = { method: method.toUpperCase(), headers, keepalive: keepalive ?? false };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;
  try {
    return await fetch(url, init);
  } catch {
    throw new Problem({ code: 'offline' });
  }
}

/** Operations outside any authority lie at the root. */
const ROOT = '/api/setup';

function address(path: string, { at = {}, query = {} }: Options<unknown>): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(at[name] ?? ''));
  const pairs = Object.entries(query).flatMap(([k, v]) => (v === undefined ? [] : [[k, String(v)]]));
  const search = new URLSearchParams(pairs).toString();
  return (path.startsWith(ROOT) ? '' : boot().base) + filled + (search && `?${search}`);
}
