import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { asGiven, privately } from './umask.js';

const umaskOfChild = () => execFileSync('sh', ['-c', 'umask'], { encoding: 'utf8' }).trim();

it('gives our own children a umask that closes what they write, and others what the user has set', () => {
  const before = process.umask();
  expect(privately(umaskOfChild)).toBe('0077');
  expect(privately(() => asGiven(umaskOfChild))).toBe(`0${before.toString(8).padStart(3, '0')}`);
  expect(process.umask()).toBe(before);
});
