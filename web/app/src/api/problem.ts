import type { ProblemBody } from './shapes';

/**
 * Why a call failed. `code` is the server's closed set, and `offline` when no answer came at all.
 * `detail` is a sentence in the page's language (empty when offline).
 */
export class Problem extends Error {
  readonly code: ProblemBody['code'] | 'offline';
  readonly status: number;
  readonly key: string;
  readonly detail: string;
  /** Sentence by the path of the field at fault. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(body: Partial<Omit<ProblemBody, 'code'>> & { code: ProblemBody['code'] | 'offline' }) {
    super(body.key ?? body.code);
    this.name = 'Problem';
    this.code = body.code;
    this.status = body.status ?? 0;
    this.key = body.key ?? '';
    this.detail = body.detail ?? '';
    const named = (body.errors ?? []).map((e) => [lastStep(e.field), e.detail] as const);
    if (body.field) named.push([lastStep(body.field), this.detail]);
    this.fields = Object.fromEntries(named);
  }

  /** Whether the same call may succeed later without a change. */
  get passing(): boolean {
    return this.code === 'offline' || this.code === 'busy' || this.status === 429 || this.status >= 502;
  }
}

/** `body.fields.email` and `email` name the same field of a form. */
function lastStep(path: string): string {
  return path.split('.').at(-1) ?? path;
}

/** Reads a failed answer; one that is no problem+json (a proxy's page) becomes `internal`. */
export async function readProblem(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as ProblemBody | null;
  const known = body !== null && typeof body.code === 'string';
  return new Problem(known ? body : { code: 'internal', status: response.status });
}

/** A chat's page has two scripts, each with a class of its own: a Problem of either is known by its name. */
const isProblem = (error: unknown): error is Problem => error instanceof Error && error.name === 'Problem';

export const asProblem = (error: unknown): Problem => (isProblem(error) ? error : new Problem({ code: 'internal' }));
