import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callEngine } from '../docker-api.js';
import { startRecorder } from './testing';

const command = path.join(import.meta.dirname, '../gate.js');
let directory = '';
let engine: Awaited<ReturnType<typeof startRecorder>>;
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'layerwright-gate-'));
  engine = await startRecorder();
});
afterAll(() => {
  engine.close();
  rmSync(directory, { recursive: true });
});

const run = (...args: string[]) =>
  spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', timeout: 20_000 });

/** Runs it until its first line. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [command, ...args]);
  const ended = once(child, 'exit');
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return {
    line,
    async stop() {
      child.kill('SIGTERM');
      return (await ended)[0] as number;
    },
  };
}

test('listens on a socket for its group, takes over one that was left, and says whether it answers', async () => {
  const file = path.join(directory, 'engine.sock');
  const address = `unix://${file}`;
  expect(run('--check', address).status).toBe(1);
  const first = await start('--listen', address, '--engine', engine.address);
  expect(first.line).toBe(`Listening on ${address}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o660);
  expect(await first.stop()).toBe(0);
  const second = await start('--listen', address, '--engine', engine.address, '--allow', 'network');
  expect((await callEngine(address, '/_ping')).status).toBe(200);
  const check = spawn(process.execPath, [command, '--check', address]);
  expect((await once(check, 'exit'))[0]).toBe(0);
  expect(await second.stop()).toBe(0);
});

test.each([
  [['--listen', 'unix:///tmp/x'], 'node bin/gate.js --listen'],
  [['--listen', 'tcp://127.0.0.1:0', '--engine', 'ssh://a@b'], 'Run the gate on the machine of the engine.'],
  [['--listen', '/tmp/x', '--engine', 'unix:///x'], '/tmp/x is not unix:///path or tcp://host:port.'],
  [['--listen', 'unix:///x', '--engine', 'unix:///x', '--allow', 'all'], 'all is not one of'],
  [['--unknown'], "Unknown option '--unknown'"],
])('%j is an error', (args, message) => {
  const { status, stdout, stderr } = run(...args);
  expect(status).not.toBe(0);
  expect(stdout + stderr).toContain(message);
});

test('a file that is no socket is not replaced', () => {
  const file = path.join(directory, 'file');
  writeFileSync(file, 'mine');
  const { status, stderr } = run('--listen', `unix://${file}`, '--engine', engine.address);
  expect(status).toBe(1);
  expect(stderr).toContain('EADDRINUSE');
});
