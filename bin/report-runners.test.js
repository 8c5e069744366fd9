import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { formatReport, readInterrupted, readReport } from './report.js';

const root = path.dirname(import.meta.dirname);
/** Below the project, so that the tests in it find its packages. */
let directory = '';
const report = () => path.join(directory, 'report.json');

beforeEach(() => {
  mkdirSync(path.join(root, '.tmp'), { recursive: true });
  directory = mkdtempSync(path.join(root, '.tmp/report-'));
});
/** @type {import('node:child_process').ChildProcess | undefined} */
let runner;
afterEach(() => {
  runner?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});
/** A runner starts slowly on a busy machine. */
const patienceMs = 60_000;

/** Three tests of which the second fails; the last hangs. @param {string} library */
const tests = (library) => `import { expect, test } from '${library}';
test('passes', () => undefined);
test('fails', () => expect(1).toBe(2));
test('hangs', () => new Promise((resolve) => setTimeout(resolve, 300_000)));`;

/** Starts a runner and waits until only its last test runs. @param {string[]} args @param {string} running */
async function startRunner(args, running) {
  const env = { ...process.env, LAYERWRIGHT_REPORT: report(), CI: '', VITEST: undefined };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' });
  runner = child;
  const progress = () => (existsSync(report()) ? JSON.parse(readFileSync(report(), 'utf8')) : {});
  await expect.poll(progress, { timeout: patienceMs }).toMatchObject({ passed: 1, running: [running] });
  return child;
}

it(
  'Playwright’s progress is kept when it is killed, or interrupted',
  async () => {
    writeFileSync(path.join(directory, 'a.spec.js'), tests('@playwright/test'));
    const reporter = path.join(root, 'bin/report-playwright.js');
    writeFileSync(
      path.join(directory, 'playwright.config.js'),
      `export default { workers: 1, retries: 1, testDir: '.', reporter: '${reporter}' };`,
    );
    const args = ['node_modules/@playwright/test/cli.js', 'test', '-c', directory];
    for (const signal of /** @type {const} */ (['SIGKILL', 'SIGINT'])) {
      const child = await startRunner(args, 'a.spec.js > hangs');
      child.kill(signal);
      await once(child, 'exit');
      expect(formatReport(readInterrupted(report(), 'playwright'))).toBe(
        'FAILED   a.spec.js > fails\n1 passed, 1 failed, interrupted in a.spec.js > hangs',
      );
      rmSync(report());
    }
  },
  3 * patienceMs,
);

it(
  'Vitest’s progress is kept when it is killed',
  async () => {
    writeFileSync(path.join(directory, 'a.test.js'), tests('vitest').replace(/^test\('hangs.*/m, ''));
    writeFileSync(path.join(directory, 'b.test.js'), tests('vitest').replace(/^test\('(pass|fail).*/gm, ''));
    const reporter = path.join(root, 'bin/report-vitest.js');
    const config = path.join(directory, 'vitest.config.js');
    writeFileSync(config, `export default { test: { maxWorkers: 2, reporters: ['${reporter}'] } };`);
    const hanging = path.relative(root, path.join(directory, 'b.test.js'));
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--root', directory, '--config', config];
    const child = await startRunner(args, hanging);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(formatReport(readInterrupted(report(), 'vitest'))).toBe(
      `FAILED   fails\n1 passed, 1 failed, interrupted in ${hanging}`,
    );
    expect(readReport(report(), 'vitest', null).failed).toEqual([
      'fails',
      `vitest ended with code null before its end: ${hanging}`,
    ]);
  },
  2 * patienceMs,
);
