import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findServiceUsers } from './service-users.js';
import { closedAncestor, prepareWebProcess } from './web-process.js';

const isRoot = process.getuid?.() === 0;
const user = { uid: 10_001, gid: 10_001 };

describe('the web process, where npm start is root', () => {
  let parent = '';
  const at = (/** @type {string} */ name) => path.join(parent, name);
  beforeEach(({ skip }) => {
    skip(!isRoot, 'only root can be another user, too');
    parent = mkdtempSync(path.join(os.tmpdir(), 'layerwright-web-'));
    for (const name of ['app', 'app/bin', "it's data"]) mkdirSync(at(name), { mode: 0o700 });
    for (const name of ['app/package.json', 'app/bin/tool.js', 'secret', "it's data/key"])
      writeFileSync(at(name), name, { mode: 0o600 });
    chmodSync(at("it's data"), 0o755);
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  /** @param {string} line @param {number} [port] */
  async function run(line, port) {
    const [program = '', ...args] = (
      await prepareWebProcess({ root: at('app'), data: at("it's data"), user, port })
    )();
    const { stdout, stderr } = spawnSync(program, [...args, 'sh', '-c', line], {
      encoding: 'utf8',
      cwd: at('app'),
    });
    return `${stdout}${stderr}`;
  }
  /** @param {string} name of a line in proc(5) status */
  const status = (name, text = '') => text.match(new RegExp(`^${name}:[ \\t]*(.*)$`, 'm'))?.[1]?.trim();

  it('is an ordinary user with nothing else, and with one capability for a low port', async () => {
    chmodSync(parent, 0o755);
    const text = await run('cat /proc/self/status');
    expect(status('Uid', text)).toBe('10001\t10001\t10001\t10001');
    expect(status('Gid', text)).toBe('10001\t10001\t10001\t10001');
    expect([status('Groups', text), status('NoNewPrivs', text)]).toEqual(['', '1']);
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
      expect(status(set, text)).toBe('0000000000000000');
    const first = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
    const low = await run('cat /proc/self/status', first - 1);
    expect(status('CapEff', low)).toBe(first > 0 ? '0000000000000400' : '0000000000000000');
  });

  it('reaches its checkout and its data below a directory that is root’s alone, and nothing else of it', async () => {
    expect(closedAncestor(at('app'), user)).toBe(parent);
    expect(await run('pwd; cat bin/tool.js; ls ..')).toBe(`${at('app')}\napp/bin/tool.jsapp\nit's data\n`);
    expect(await run(`cat ${at('secret')}`)).toContain('No such file');
    expect(await run(`cat "${at("it's data/key")}"`)).toContain('Permission denied');
    // Nothing of it is seen outside.
    expect(existsSync(at('secret'))).toBe(true);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(parent);
  });
});

describe('the user of the web process', () => {
  it('is a user of the machine or a number that no account has, and never root', ({ skip }) => {
    skip(!isRoot, 'an ordinary user starts all as itself');
    expect(findServiceUsers('nobody')?.web).toEqual({ uid: 65_534, gid: 65_534 });
    expect(findServiceUsers('12345:23456')?.web).toEqual({ uid: 12_345, gid: 23_456 });
    for (const root of ['root', '0:0', '10001:0']) expect(() => findServiceUsers(root)).toThrow('never root');
    expect(() => findServiceUsers('no-such-user')).toThrow('neither a user of this machine nor uid:gid');
    const users = findServiceUsers(null);
    expect(users?.web.uid).toBeGreaterThan(0);
    expect(users?.registry.uid).not.toBe(users?.web.uid);
    expect(findServiceUsers('10001:10001')?.registry.uid).not.toBe(10_001);
  });
});
