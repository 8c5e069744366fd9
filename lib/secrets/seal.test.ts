import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forget } from '@/lib/remember';
import { masterKeyFile, readMasterKey } from './key';
import { seal, unseal } from './seal';

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const write: typeof fs.writeFileSync = (file, content, options) => {
    if (!disk.isFull) return real.writeFileSync(file, content, options);
    if (typeof file === 'string') real.writeFileSync(file, '', options);
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  return { ...real, default: real, writeFileSync: write };
});

let directory: string;
const place = 'registry:r1:registry-host:5000:password';
const canary = 'correct-canary-4711';

const startAgain = () => ['env', 'master-key'].forEach(forget);

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-secrets-'));
  process.env.LAYERWRIGHT_DATA = directory;
  startAgain();
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function flip(sealed: string, at: number): string {
  const [version, id, payload] = sealed.split('.') as [string, string, string];
  const bytes = Buffer.from(payload, 'base64');
  bytes[at] = bytes[at]! ^ 1;
  return [version, id, bytes.toString('base64')].join('.');
}

const enterAgain = expect.objectContaining({
  name: 'AppError',
  code: 'conflict',
  message: expect.stringContaining('Enter the password again') as string,
});

const errorOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

test('a secret is decrypted with the same context, also after a restart', () => {
  const sealed = seal(canary, place);
  startAgain();
  expect(unseal(sealed, place).toString()).toBe(canary);
  const bytes = Buffer.from([0, 255, 128, 10]);
  expect(unseal(seal(bytes, place), place).equals(bytes)).toBe(true);
  expect(unseal(seal('', place), place)).toHaveLength(0);
});

test('the secret is not in the sealed text, and two sealings of it differ', () => {
  const one = seal(canary, place);
  expect(Buffer.from(one.split('.')[2]!, 'base64').includes(canary)).toBe(false);
  expect(seal(canary, place)).not.toBe(one);
});

test('10,000 nonces are unique', () => {
  const nonces = Array.from({ length: 10_000 }, () =>
    Buffer.from(seal('x', place).split('.')[2]!, 'base64').subarray(0, 12).toString('hex'),
  );
  expect(new Set(nonces).size).toBe(nonces.length);
});

test('moved to another row or another host it does not open', () => {
  const sealed = seal(canary, place);
  for (const other of ['registry:r2:registry-host:5000:password', 'registry:r1:evil:5000:password', ''])
    expect(errorOf(() => unseal(sealed, other))).toEqual(enterAgain);
});

test('a change of any byte of nonce, tag or text is refused', () => {
  const sealed = seal(canary, place);
  const length = Buffer.from(sealed.split('.')[2]!, 'base64').length;
  for (let at = 0; at < length; at++)
    expect(errorOf(() => unseal(flip(sealed, at), place))).toEqual(enterAgain);
});

test('a shortened tag and other forms are refused', () => {
  const [version, id, payload] = seal(canary, place).split('.') as [string, string, string];
  const bytes = Buffer.from(payload, 'base64');
  const short = Buffer.concat([bytes.subarray(0, 16), bytes.subarray(28)]).toString('base64');
  for (const text of ['', 'x', canary, `${version}.${id}`, `${version}.${id}.`, `${version}.${id}.${short}`])
    expect(errorOf(() => unseal(text, place))).toEqual(enterAgain);
  for (const text of [
    `v0.${id}.${payload}`,
    `${version}.${'0'.repeat(16)}.${payload}`,
    `${version}.${id}.${payload}.x`,
  ])
    expect(errorOf(() => unseal(text, place))).toEqual(enterAgain);
});

test('another key file opens nothing, and the error carries no secret', () => {
  const sealed = seal(canary, place);
  rmSync(masterKeyFile());
  startAgain();
  const error = errorOf(() => unseal(sealed, place));
  expect(error).toEqual(enterAgain);
  expect(JSON.stringify(error) + String(error)).not.toContain(canary);
});

test('the key file is made once, for the owner alone, and differs between installations', () => {
  const key = readMasterKey();
  expect(statSync(masterKeyFile()).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(masterKeyFile())).mode & 0o777).toBe(0o700);
  expect(readMasterKey()).toEqual(key);
  const elsewhere = readMasterKey(path.join(directory, 'other', 'master.key'));
  expect(elsewhere.key.equals(key.key)).toBe(false);
  expect(elsewhere.id).not.toBe(key.id);
});

test('with a full disk no key file is begun, and the next start makes it', () => {
  disk.isFull = true;
  expect(() => readMasterKey()).toThrow(/no space left/);
  disk.isFull = false;
  expect(existsSync(masterKeyFile())).toBe(false);
  const key = readMasterKey();
  expect(readMasterKey()).toEqual(key);
  expect(readdirSync(path.dirname(masterKeyFile()))).toEqual(['master.key']);
});

test('a key file that others can read is refused with a remedy', () => {
  readMasterKey();
  chmodSync(masterKeyFile(), 0o644);
  expect(errorOf(() => readMasterKey())).toMatchObject({
    message: expect.stringContaining('mode 644') as string,
    hint: `Run: chmod 600 ${masterKeyFile()}`,
  });
});

test('a damaged key file is refused and kept', () => {
  readMasterKey();
  writeFileSync(masterKeyFile(), 'c2hvcnQ=\n');
  expect(() => readMasterKey()).toThrow(/does not hold a key/);
  expect(readFileSync(masterKeyFile(), 'utf8')).toBe('c2hvcnQ=\n');
});
