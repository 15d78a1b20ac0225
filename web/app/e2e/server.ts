import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BIN = process.env.LUUKKU_BIN ?? '../../bin/luukku';
const PATIENCE = 20_000;
/** The code of the first start, as the console shows it. */
const CODE = /\b[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}\b/;

/** An instance without an authority, on this machine alone. */
export interface Instance {
  base: string;
  /** What the console shows to who started the program. */
  code: string;
  remove: () => Promise<void>;
}

/** Starts the program on a folder of its own, without the demo. */
export async function fresh(): Promise<Instance> {
  const folder = await mkdtemp(join(tmpdir(), 'luukku-e2e-'));
  const port = await freePort();
  const base = `http://localhost:${port}`;
  let said = '';
  const program = spawn(BIN, ['serve', '--data', join(folder, 'data'), '--listen', `127.0.0.1:${port}`]);
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (text) => (said += String(text)));
  await ready(base, program, () => said);
  return {
    base,
    code: CODE.exec(said)?.[0] ?? '',
    remove: async () => {
      await end(program);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function ready(base: string, program: ChildProcess, said: () => string) {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(100)) {
    if (program.exitCode !== null) break;
    // The code may be read from the console a moment after the program answers.
    if (CODE.test(said()) && await fetch(`${base}/readyz`).then(({ ok }) => ok, () => false)) return;
  }
  throw new Error(`the program did not become ready: ${said()}`);
}

function end(program: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (program.exitCode !== null) return resolve();
    program.once('exit', () => resolve());
    program.kill('SIGTERM');
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
