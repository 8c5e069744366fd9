import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeDataDirectory } from './data-modes.js';
import { claimDataDirectory, giveTree, splitDataDirectory } from './data-owners.js';
import { identify, readRecord, writeRecord } from './processes.js';
import { asUser } from './service-users.js';

const web = { uid: 10_001, gid: 10_001 };
const nobody = { uid: 65_534, gid: 65_534 };

let parent = '';
const at = (/** @type {string} */ name) => path.join(parent, 'data', name);
const ownerOf = (/** @type {string} */ name) => lstatSync(at(name)).uid;
const modeOf = (/** @type {string} */ name) => statSync(at(name)).mode & 0o7777;
function add(/** @type {string} */ name, mode = 0o600, text = 'kept') {
  mkdirSync(path.dirname(at(name)), { recursive: true, mode: 0o700 });
  writeFileSync(at(name), text);
  chmodSync(at(name), mode);
}
/** What a shell of a user prints and answers. @param {import('./service-users.js').User} user @param {string} line */
function asOther(user, line) {
  const [program = '', ...args] = asUser(user);
  return execFileSync(program, [...args, 'sh', '-c', `${line} 2>&1 || true`], {
    cwd: '/',
    encoding: 'utf8',
  }).trim();
}
function start() {
  claimDataDirectory(at(''), web);
  return splitDataDirectory(at(''), web);
}

beforeEach(({ skip }) => {
  skip(process.getuid?.() !== 0, 'only root can be another user, too');
  parent = mkdtempSync(path.join(os.tmpdir(), 'layerwright-owners-'));
  chmodSync(parent, 0o755);
  mkdirSync(at(''), { mode: 0o700 });
  add('layerwright.db');
  add('keys/master.key');
  add('engine/root/image');
  add('gate/gate.log');
  add('projects/site/tool', 0o4755);
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('the data directory, where npm start is root', () => {
  it('is split once: each can read its own part, and others nothing', () => {
    linkSync(at('projects/site/tool'), at('projects/site/same-tool'));
    add('projects/site/other-tool', 0o2711);
    symlinkSync('/etc', at('projects/site/etc'));
    expect(start()).toEqual([]);
    expect([ownerOf(''), modeOf('')]).toEqual([0, 0o1770]);
    expect(['layerwright.db', 'keys/master.key', 'projects/site'].map(ownerOf)).toEqual([
      10_001, 10_001, 10_001,
    ]);
    expect(['engine', 'engine/root/image', 'gate', 'logs', 'registry'].map(ownerOf)).toEqual([0, 0, 0, 0, 0]);
    expect(statSync('/etc').uid).toBe(0);
    expect(modeOf('projects/site/other-tool')).toBe(0o2711);
    expect(readFileSync(at('projects/site/other-tool'), 'utf8')).toBe('kept');
    expect(ownerOf('projects/site/same-tool')).toBe(10_001);
    expect(start()).toBeNull();

    const read = (/** @type {string} */ name) => `cat ${at(name)}`;
    expect(asOther(web, read('keys/master.key'))).toBe('kept');
    for (const name of ['engine/root/image', 'gate/gate.log']) {
      expect(asOther(web, read(name))).toContain('Permission denied');
      expect(asOther(web, `mv ${at(path.dirname(name))} ${at('projects')}`)).toMatch(/not permitted|denied/);
    }
    for (const name of ['keys/master.key', 'layerwright.db', 'engine/root/image'])
      expect(asOther(nobody, read(name))).toContain('Permission denied');
  });

  it('is nobody’s but root’s until all of it is given, and the next start goes on', () => {
    add('uploads/part');
    claimDataDirectory(at(''), web);
    giveTree(at('keys'), web, { trusted: true }); // and then it was killed
    expect(asOther(web, `cat ${at('keys/master.key')}`)).toContain('Permission denied');
    expect(start()).toEqual([]);
    expect(asOther(web, `cat ${at('keys/master.key')} ${at('uploads/part')}`)).toBe('keptkept');
  });

  it('is given again after a version that ran all as root, but no file that the web process linked there', () => {
    start();
    writeFileSync(path.join(parent, 'secret'), 'of root', { mode: 0o600 });
    linkSync(path.join(parent, 'secret'), at('projects/site/linked'));
    chmodSync(at(''), modeOf('') & ~0o077); // as that version does
    add('projects/site/of-that-version');
    expect(start()).toEqual([at('projects/site/linked')]);
    expect(ownerOf('projects/site/of-that-version')).toBe(10_001);
    expect(statSync(path.join(parent, 'secret')).uid).toBe(0);
    expect(modeOf('')).toBe(0o1770);
  });

  it('is refused where it is another user’s, or other things are open in it', () => {
    chownSync(at(''), nobody.uid, nobody.gid);
    expect(start).toThrow('belongs to user 65534, and npm start is root');
    chownSync(at(''), 0, 0);
    add('photos');
    chmodSync(at(''), 0o755);
    expect(start).toThrow('holds other things, too (photos)');
    chmodSync(at(''), 0o700);
    expect(start()).toEqual([]);
    expect(ownerOf('photos')).toBe(0);
  });
});

describe('root, in the split data directory,', () => {
  it('takes no directory and no record of a process from the web process', async () => {
    start();
    expect(asOther(web, `ln -s /etc/passwd ${at('server.json.new')}; echo ok`)).toBe('ok');
    writeRecord(at('server.json'), process.pid);
    expect(readRecord(at('server.json'))).toEqual(identify(process.pid));
    expect(readFileSync('/etc/passwd', 'utf8')).toContain('root');
    chownSync(at('server.json'), web.uid, web.gid);
    expect(readRecord(at('server.json'))).toBeNull();
    rmSync(at('registry'), { recursive: true });
    asOther(web, `mkdir ${at('registry')}`);
    expect(start).toThrow('registry belongs to user 10001, not to root');
  });

  it('mends modes, and names wrong owners', () => {
    start();
    chmodSync(at('keys/master.key'), 0o644);
    chmodSync(at('engine'), 0o755);
    add('backups/of-root.db');
    expect(closeDataDirectory(at(''), web)).toEqual({
      closed: ['data/engine (mode 755)', 'data/keys/master.key (mode 644)'],
      open: ['data/backups (belongs to user 0)', 'data/backups/of-root.db (belongs to user 0)'],
    });
    expect([modeOf('engine'), modeOf('keys/master.key'), modeOf('')]).toEqual([0o700, 0o600, 0o1770]);
  });
});
