// Starts the demo server on a free port, in a data directory of its own, and stops it.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** start resolves with the server's credentials and a function that stops it. */
export async function start() {
  const data = await mkdtemp(join(tmpdir(), 'client-test-'));
  const args = ['demo', '--addr', '127.0.0.1:0', '--data', data, '--work-orders', '50'];
  const program = process.env.TRUCKROLL;
  const child = program
    ? spawn(program, args, { cwd: root })
    : spawn('go', ['run', './cmd/truckroll', ...args], { cwd: root, detached: true });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const stop = async () => {
    if (child.exitCode === null) process.kill(program ? child.pid : -child.pid, 'SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  const deadline = Date.now() + 240_000;
  while (!/Truckroll is at http/.test(log)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error('the server did not start:\n' + log);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const credentials = JSON.parse(await readFile(join(data, 'credentials.json'), 'utf8'));
  return { ...credentials, stop };
}
