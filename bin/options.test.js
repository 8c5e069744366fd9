import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOptionTable, optionTable, parseOptions } from './options.js';

const root = path.dirname(import.meta.dirname);

describe('parseOptions', () => {
  it('has a default for every option', () => {
    expect(parseOptions({}, '/srv/app')).toEqual({
      port: 3000,
      host: '127.0.0.1',
      https: false,
      data: '/srv/app/data',
      registryPort: 5000,
      registryDelete: false,
      localRegistry: null,
      gate: true,
      gateAllow: '',
      setupEngine: true,
      machinePorts: [],
      setupRegistry: null,
      webUser: null,
      setupBase: true,
    });
  });

  it('takes an absolute data directory as it is', () => {
    expect(parseOptions({ LAYERWRIGHT_DATA: '/var/lib/layerwright' }, '/srv/app').data).toBe(
      '/var/lib/layerwright',
    );
  });

  it('takes several ports of the machine', () => {
    const env = { LAYERWRIGHT_MACHINE_PORTS: '3128, 3142' };
    expect(parseOptions(env, '/srv/app').machinePorts).toEqual([3128, 3142]);
  });

  it.each([
    ['LAYERWRIGHT_PORT', '0'],
    ['LAYERWRIGHT_PORT', '65536'],
    ['LAYERWRIGHT_PORT', '3000a'],
    ['LAYERWRIGHT_REGISTRY_PORT', '-1'],
    ['LAYERWRIGHT_SETUP_ENGINE', 'no'],
    ['LAYERWRIGHT_GATE', 'ssh://host'],
  ])('refuses %s=%s by its name', (name, text) => {
    expect(() => parseOptions({ [name]: text }, root)).toThrow(`${name}=${text}`);
  });
});

describe('the table of options', () => {
  const names = optionTable.map(({ name }) => name);

  it('equals the table in the README', () => {
    // Prettier widens the columns of a Markdown table.
    const narrow = (/** @type {string} */ text) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
    expect(narrow(readFileSync(path.join(root, 'README.md'), 'utf8'))).toContain(narrow(formatOptionTable()));
  });

  it('has every variable that the app reads', () => {
    const read = readFileSync(path.join(root, 'lib/env.ts'), 'utf8').match(/LAYERWRIGHT_[A-Z_]+/g) ?? [];
    // The start script sets them, for what it runs.
    const ofTheScript = ['LAYERWRIGHT_PRIVATE_ENGINE', 'LAYERWRIGHT_REGISTRY_HTPASSWD'];
    const settable = new Set(read.filter((name) => !ofTheScript.includes(name)));
    expect(names).toEqual(expect.arrayContaining([...settable]));
  });
});
