import { Problem, readProblem } from '../api/problem';
import type { Posted, ProblemBody } from '../api/shapes';
import { boot } from '../boot';

/** What goes with a file: the words of its message, which may be none. */
export interface About {
  clientId: string;
  lang: string;
  text: string;
}

export interface Upload {
  /** Below the authority: "/api/chat/contacts/…/files". */
  path: string;
  token?: string;
  about: About;
  file: File;
  /** From 0 to 1, as far as the file has left this computer. */
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

const language = () => document.documentElement.lang || 'fi';

/**
 * Sends a file as it is read. Not by fetch, which does not tell how far it has come. Throws a Problem;
 * one that was called off has the key "aborted".
 */
export function sendFile({ path, token, about, file, onProgress, signal }: Upload): Promise<Posted> {
  const form = new FormData();
  form.append('about', JSON.stringify({ client_id: about.clientId, lang: about.lang, text: about.text }));
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', boot().base + path);
    request.setRequestHeader('Accept-Language', language());
    if (token !== undefined) request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as Posted);
      else reject(problemOf(request.status, request.responseText));
    };
    request.onerror = () => reject(new Problem({ code: 'offline' }));
    request.onabort = () => reject(new Problem({ code: 'busy', key: 'aborted' }));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

function problemOf(status: number, text: string): Problem {
  try {
    return new Problem(JSON.parse(text) as ProblemBody);
  } catch {
    return new Problem({ code: 'internal', status });
  }
}

/** A file of a message, for which nobody else can ask with this address alone. */
export async function fetchFile(path: string, { token, body }: { token?: string; body?: object } = {}): Promise<Blob> {
  const headers: Record<string, string> = { 'Accept-Language': language() };
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  if (body) headers['Content-Type'] = 'application/json';
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
  const response = await fetch(boot().base + path, init).catch(() => {
    throw new Problem({ code: 'offline' });
  });
  if (!response.ok) throw await readProblem(response);
  return response.blob().catch(() => {
    throw new Problem({ code: 'offline' });
  });
}
