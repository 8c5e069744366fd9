import { describe, expect, it } from 'vitest';
import { usualSockets } from './find-engine.js';
import { logLimitsOf } from './log-limits.js';
import { nextMigration } from './migration.js';
import { mountsBelow } from './mounts.js';
import { formatLine, formatSeconds } from './print.js';
import { formatUrl } from './server.js';

describe('nextMigration', () => {
  it('continues after the highest number', () => {
    expect(nextMigration([], 'init')).toBe('0001_init');
    expect(nextMigration(['0001_init', '0009_more'], 'log_ranges')).toBe('0010_log_ranges');
  });

  it('refuses a name that is not valid for a folder', () => {
    expect(() => nextMigration([], '../x')).toThrow('lower case');
  });
});

describe('mountsBelow', () => {
  const mountinfo = [
    '27 1 254:0 / / rw shared:1 - ext4 /dev/vda rw',
    '43 27 254:0 /d /srv/d/root rw shared:2 - ext4 /dev/vda rw',
    '47 43 0:39 / /srv/d/root/overlay2/a\\040b/merged rw - overlay overlay rw',
    '48 27 0:40 / /srv/different rw - tmpfs tmpfs rw',
  ].join('\n');

  it('lists the deepest first, unescaped, without paths that only share a prefix', () => {
    expect(mountsBelow(mountinfo, '/srv/d')).toEqual(['/srv/d/root/overlay2/a b/merged', '/srv/d/root']);
  });
});

describe('the usual sockets', () => {
  it('are tried in the order of the docker command, Podman last', () => {
    const sockets = usualSockets({ home: '/home/ann', runtime: '/run/user/1000' });
    expect(sockets[0]).toBe('/var/run/docker.sock');
    expect(sockets.slice(-2)).toEqual(['/run/user/1000/podman/podman.sock', '/run/podman/podman.sock']);
  });
});

describe('printed lines', () => {
  it('have two columns', () => {
    expect(formatLine('Engine', 'private')).toBe('  Engine       private');
  });

  it.each([
    [0.2, '1 s'],
    [71.4, '71 s'],
    [111, '1 min 51 s'],
    [119.7, '2 min 0 s'],
  ])('gives %s seconds as %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['0.0.0.0', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
  ])('names the address for %s as %s', (host, url) => {
    expect(formatUrl(host, 3000)).toBe(url);
  });
});

describe('logLimitsOf', () => {
  const sizeOf = (/** @type {string} */ version) => Number(logLimitsOf(version).BUILDKIT_STEP_LOG_MAX_SIZE);

  it('is unlimited only if BuildKit supports it', () => {
    expect(sizeOf('Docker version 20.10.24+dfsg1, build 5d6db84')).toBeLessThan(8_000_000);
    expect(sizeOf('Docker version 26.1.5+dfsg1, build 411e817')).toBeGreaterThan(2_000_000_000);
    expect(sizeOf('')).toBeLessThan(8_000_000);
  });
});
