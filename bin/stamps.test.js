import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSource } from './prepare.js';
import { hashFiles, isInstalled } from './stamps.js';

describe('hashFiles', () => {
  let root = '';
  const put = (/** @type {string} */ name, /** @type {string} */ content) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  };
  const hash = () => hashFiles(root, ['app', 'lib', 'missing.js'], isSource);

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'layerwright-stamps-'));
    put('app/page.tsx', 'one');
    put('lib/deep/er.ts', 'two');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('changes with content, with a name, and with a new file', () => {
    const seen = new Set([hash()]);
    put('app/page.tsx', 'three');
    seen.add(hash());
    put('missing.js', '');
    seen.add(hash());
    rmSync(path.join(root, 'missing.js'));
    put('app/other.tsx', 'three');
    rmSync(path.join(root, 'app/page.tsx'));
    seen.add(hash());
    expect(seen.size).toBe(4);
  });

  it('ignores tests, fixtures and generated code', () => {
    const before = hash();
    put('lib/deep/er.test.ts', 'test');
    put('lib/engine/fixtures/stream.json', '{}');
    put('lib/generated/prisma/client.ts', 'client');
    expect(hash()).toBe(before);
  });
});

describe('isInstalled', () => {
  const lock = JSON.stringify({
    packages: {
      '': { name: 'layerwright' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b-darwin': { version: '2.0.0', optional: true },
    },
  });
  const note = (/** @type {Record<string, { version: string }>} */ packages) => JSON.stringify({ packages });

  it('is true if only packages of other platforms are missing', () => {
    expect(isInstalled(lock, note({ 'node_modules/a': { version: '1.0.0' } }))).toBe(true);
  });

  it.each([
    ['one is missing', {}],
    ['one has another version', { 'node_modules/a': { version: '1.0.1' } }],
    [
      'one is not asked for',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } },
    ],
  ])('is not so when %s', (_, packages) => {
    expect(isInstalled(lock, note(packages))).toBe(false);
  });
});
