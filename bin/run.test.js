import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isAlive, readRecord } from './processes.js';
import { endSteps, run } from './run.js';

let logs = '';
beforeEach(() => void (logs = mkdtempSync(path.join(os.tmpdir(), 'layerwright-run-'))));
afterEach(() => rmSync(logs, { recursive: true }));

it('records a step while it runs', async () => {
  const record = path.join(logs, 'build.log.process.json');
  await run('sh', ['-c', `until test -e ${record}; do sleep 0.01; done`], {
    log: path.join(logs, 'build.log'),
  });
  expect(existsSync(record)).toBe(false);
});

it('ends the step in which an earlier start was killed', async () => {
  const runModule = path.join(import.meta.dirname, 'run.js');
  const log = path.join(logs, 'build.log');
  const script = `const { run } = await import('${runModule}'); await run('sleep', ['60'], { log: '${log}' })`;
  const start = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const record = () => readRecord(`${log}.process.json`);
  await expect.poll(() => isAlive(record())).toBe(true);
  start.kill('SIGKILL');
  await once(start, 'exit');
  const step = record();
  expect(isAlive(step)).toBe(true);
  await endSteps(logs);
  expect(isAlive(step)).toBe(false);
  expect(record()).toBeNull();
});
