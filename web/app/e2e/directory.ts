import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** An organisation's directory: Debian's glewlwyd, a real OpenID Provider, on this machine. */
export interface Directory {
  issuer: string;
  client: string;
  secret: string;
  end: () => void;
}

const TABLES = '/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz';
const PATIENCE = 20_000;
const CLIENT = { client: 'luukku', secret: 'salaisuus-hakemistossa' };
const ADMIN = { username: 'admin', password: 'password' };

export interface Colleague {
  username: string;
  password: string;
}

/** Starts one that knows the program by its return address, and these people. */
export async function directory(redirect: string, people: readonly Colleague[]): Promise<Directory> {
  const folder = mkdtempSync(join(tmpdir(), 'luukku-directory-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const database = join(folder, 'directory.db');
  execFileSync('sqlite3', [database], { input: gunzipSync(readFileSync(TABLES)) });
  const pages = join(folder, 'pages');
  mkdirSync(pages);
  writeFileSync(join(pages, 'login.html'), PAGE);
  writeFileSync(join(folder, 'directory.conf'), settings(port, base, database, pages));
  let said = '';
  const program = spawn('glewlwyd', ['-c', join(folder, 'directory.conf')]);
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (text) => (said += String(text)));
  const end = () => {
    program.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(base);
    await fill(base, redirect, people);
  } catch (error) {
    end();
    throw new Error(`the directory did not start: ${said}`, { cause: error });
  }
  return { issuer: `${base}/api/oidc`, ...CLIENT, end };
}

/** The directory's sign-in page, over glewlwyd's own API: its own one needs libraries that no test needs. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>The organisation's directory</title>
<form><label>Name <input name="username"></label> <label>Password <input name="password" type="password"></label> <button>Sign in</button></form>
<script>
document.forms[0].addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
  const answer = await fetch('/api/auth/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (answer.ok) location.assign(new URLSearchParams(location.search).get('callback_url') + '&g_continue');
});
</script></html>`;

const settings = (port: number, base: string, database: string, pages: string) => `
port=${port}
bind_address="127.0.0.1"
external_url="${base}"
login_url="login.html"
api_prefix="api"
static_files_path="${pages}/"
log_mode="console"
log_level="WARNING"
cookie_secure=0
session_expiration=3600
session_key="DIRECTORY_SESSION"
admin_session_authentication="cookie"
profile_session_authentication="cookie"
login_api_enabled=true
allow_multiple_user_per_session=true
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
hash_algorithm="SHA512"
database = { type = "sqlite3"; path = "${database}"; };
static_files_mime_types = (
  { extension = ".html"; mime_type = "text/html"; }
);
`;

/** Everything that the directory has to know, by its own administration. */
async function fill(base: string, redirect: string, people: readonly Colleague[]) {
  const admin = await session(base, ADMIN);
  await admin('POST', '/mod/plugin/', { module: 'oidc', name: 'oidc', display_name: 'oidc', parameters: provider(base) });
  await admin('POST', '/scope/', { name: 'profile', display_name: 'profile', description: 'profile', password_required: false, scheme: {} });
  await admin('POST', '/client/', {
    client_id: CLIENT.client,
    name: CLIENT.client,
    password: CLIENT.secret,
    client_secret: CLIENT.secret,
    confidential: true,
    enabled: true,
    redirect_uri: [redirect],
    authorization_type: ['code'],
    token_endpoint_auth_method: ['client_secret_basic', 'client_secret_post'],
    scope: [],
  });
  for (const { username, password } of people) {
    await admin('POST', '/user/', { username, password, name: username, scope: ['openid', 'profile'], enabled: true });
    // What an organisation's directory agrees to for its people.
    const own = await session(base, { username, password });
    await own('PUT', `/auth/grant/${CLIENT.client}/`, { scope: 'openid profile' });
  }
}

/** The provider's own settings: codes only, with PKCE, and the name by which people sign in. */
function provider(base: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const off = Object.fromEntries(['token', 'id-token', 'none', 'password', 'client', 'refresh'].map((type) => [`auth-type-${type}-enabled`, false] as const));
  return {
    iss: `${base}/api/oidc`,
    'jwt-type': 'rsa',
    'jwt-key-size': '256',
    key: privateKey,
    cert: publicKey,
    'access-token-duration': 3600,
    'refresh-token-duration': 3600,
    'code-duration': 600,
    'refresh-token-rolling': true,
    'allow-non-oidc': false,
    'auth-type-code-enabled': true,
    ...off,
    'pkce-allowed': true,
    'pkce-method-plain-allowed': false,
    'pkce-required': true,
    'subject-type': 'public',
    'jwks-show': true,
    'oauth-as-iss-id': true,
    'session-management-allowed': true,
    'session-cookie-name': 'DIRECTORY_SID',
    'session-cookie-expiration': 3600,
    claims: [{ name: 'preferred_username', 'user-property': 'username', type: 'string', mandatory: true, scope: ['profile'] }],
    scope: ['openid', 'profile'].map((name) => ({ name, 'refresh-token-rolling': false })),
  };
}

type Ask = (method: string, path: string, body: object) => Promise<void>;

async function session(base: string, who: Colleague): Promise<Ask> {
  let cookie = '';
  const ask: Ask = async (method, path, body) => {
    const answer = await fetch(`${base}/api${path}`, { method, headers: { 'Content-Type': 'application/json', cookie }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
  };
  await ask('POST', '/auth/', { ...who });
  return ask;
}

/** Takes a directory out of use again, whatever came before; passwords are for everybody then. */
export async function disconnect(admin: Page, { issuer, client: client_id }: Directory) {
  const api = '/dvv/api/admin/directory';
  const { version: base, on, passwords } = (await (await admin.request.get(api)).json()) as { version: number; on: boolean; passwords: string };
  if (!on && passwords === 'all') return;
  const answer = await admin.request.put(api, { data: { on: false, issuer, client_id, claim: 'preferred_username', acr: [], passwords: 'all', base } });
  if (!answer.ok()) throw new Error(await answer.text());
}

/** Signs in on the directory's own page, which then sends the browser back. */
export async function signInThere(page: Page, { username, password }: Colleague) {
  await page.getByLabel('Name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function ready(base: string) {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 100)))
    if (await fetch(`${base}/config`).then(({ ok }) => ok, () => false)) return;
  throw new Error('it does not answer');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
