import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { baseImageFiles, isStaticProgram } from './base-image.js';
import { packTar } from './tar.js';

describe('the base image', () => {
  const files = baseImageFiles(Buffer.from('program'), ['bin/busybox', 'usr/bin/awk', 'sbin/ip', 'linuxrc']);

  it('is readable by tar, with links, modes and owners', () => {
    const { stdout } = spawnSync('tar', ['--list', '--verbose', '--numeric-owner'], {
      input: packTar(files),
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
    });
    expect(stdout).toContain('-rwxr-xr-x 0/0               7 1970-01-01 00:00 bin/busybox');
    expect(stdout).toContain('lrwxrwxrwx 0/0               0 1970-01-01 00:00 usr/bin/awk -> /bin/busybox');
    expect(stdout).toContain('drwxrwxrwt 0/0               0 1970-01-01 00:00 tmp/');
    expect(stdout).toContain('etc/passwd');
  });

  it('links neither busybox to itself nor anything outside the directories of programs', () => {
    const links = files.filter(({ type }) => type === 'link').map(({ path }) => path);
    expect(links).toEqual(['usr/bin/awk', 'sbin/ip']);
  });

  it('is the same archive every time', () => {
    expect(packTar(files).equals(packTar(files))).toBe(true);
  });
});

describe('isStaticProgram', () => {
  it('distinguishes static from dynamic programs and texts', () => {
    expect(isStaticProgram(readFileSync(process.execPath))).toBe(false);
    expect(isStaticProgram(Buffer.from('#!/bin/sh\n'))).toBe(false);
    // The smallest header of a program without a loader: no program headers.
    const bare = Buffer.alloc(64);
    bare.write('\x7fELF\x02', 'latin1');
    expect(isStaticProgram(bare)).toBe(true);
  });
});
