import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cutLog, openLog } from './log-file.js';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'layerwright-log-'));
  file = path.join(directory, 'gate.log');
});
afterEach(() => rmSync(directory, { recursive: true }));
const read = (/** @type {string} */ name) => readFileSync(path.join(directory, name), 'utf8');

test('a log that is too large becomes the one before, and its program goes on in the emptied file', async () => {
  writeFileSync(file, 'of an earlier process\n');
  const log = openLog(file);
  expect(read('gate.log.previous')).toBe('of an earlier process\n');
  const child = spawn('sh', ['-c', 'while read line; do echo "$line"; done'], {
    stdio: ['pipe', log, 'inherit', 'pipe'],
  });
  closeSync(log);
  /** @param {string} text */
  const write = async (text) => {
    const before = statSync(file).size;
    child.stdin?.write(`${text}\n`);
    await expect.poll(() => statSync(file).size).toBe(before + text.length + 1);
  };
  await write('first');
  cutLog(file, 6);
  expect(read('gate.log')).toBe('first\n');
  await write('second');
  cutLog(file, 6);
  expect(read('gate.log.previous')).toBe('first\nsecond\n');
  await write('third');
  expect(read('gate.log')).toBe('third\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  child.stdin?.end();
  await once(child, 'exit');
});

test('no link is followed', () => {
  const other = path.join(directory, 'other');
  writeFileSync(other, 'somebody’s file');
  symlinkSync(other, file);
  expect(() => cutLog(file, 6)).toThrow('ELOOP');
  rmSync(file);
  writeFileSync(file, 'long enough');
  symlinkSync(other, `${file}.previous`);
  cutLog(file, 6);
  expect(read('gate.log.previous')).toBe('long enough');
  expect(read('other')).toBe('somebody’s file');
});
