import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const MAILBOX = process.env.LUUKKU_MAILBOX ?? 'mailbox';
const MAIL = process.env.LUUKKU_MAIL ?? 'mail.json';
const DATA = process.env.LUUKKU_DATA ?? '../../data.demo';

/** A mail as the real server delivered it. */
export interface Received {
  headers: Record<string, string[]>;
  parts: { type: string; text: string }[];
  /** The domain whose DKIM signature verifies; empty for none. */
  signed: string;
}

/** What has come for an address, read over IMAP, once there are `n` of them. */
export async function received(address: string, n = 1): Promise<Received[]> {
  const { stdout } = await promisify(execFile)(MAILBOX, ['read', MAIL, address, String(n)]);
  return JSON.parse(stdout) as Received[];
}

/** The files of the program in which a text stands: data, key stores, keys of keys and the server's log. */
export function holding(text: string): string[] {
  const sought = Buffer.from(text);
  const files = readdirSync(join(DATA, '..'), { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name)).filter((file) => readFileSync(file).includes(sought));
}
