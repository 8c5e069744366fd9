import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { endProcess, identify, isAlive, readRecord, writeRecord } from './processes.js';

const sleeper = () => spawn('sleep', ['60'], { stdio: 'ignore' });

describe('a record of a process', () => {
  it('is alive while the process runs, and not if its id was reused', async () => {
    const child = sleeper();
    const record = identify(child.pid ?? 0);
    expect(isAlive(record)).toBe(true);
    expect(isAlive({ pid: process.pid, started: record?.started ?? '' })).toBe(false);
    child.kill();
    await once(child, 'exit');
    expect(isAlive(record)).toBe(false);
  });

  it('is alive until its last thread has ended, because its ports stay open until then', async () => {
    // Only the first thread ends (exit is 60 on x86-64, 93 on arm64); the other continues for a while.
    const number = { x64: 60, arm64: 93 }[process.arch] ?? 0;
    const script = `threads->create(sub { select undef, undef, undef, 1 })->detach; syscall(${number}, 0)`;
    const child = spawn('perl', ['-Mthreads', '-e', script], { stdio: 'ignore' });
    const exited = once(child, 'exit');
    const record = identify(child.pid ?? 0);
    const state = () => /^State:\s+(.)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
    while (child.exitCode === null && state() !== 'Z') await sleep(10);
    expect(isAlive(record)).toBe(true);
    await exited;
    expect(isAlive(record)).toBe(false);
  });

  it('is read from its file, and an invalid file counts as missing', () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-record-'));
    const file = path.join(directory, 'deep/process.json');
    try {
      expect(readRecord(file)).toBeNull();
      writeRecord(file, process.pid);
      expect(isAlive(readRecord(file))).toBe(true);
      writeFileSync(file, '{"pid":');
      expect(readRecord(file)).toBeNull();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('endProcess', () => {
  it('sends SIGTERM, and SIGKILL after the grace period', async () => {
    const stubborn = spawn('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.05; done'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(stubborn.stdout, 'data');
    const ended = once(stubborn, 'exit');
    await endProcess(identify(stubborn.pid ?? 0), 200);
    expect(await ended).toEqual([null, 'SIGKILL']);
  });

  it('ignores a process that has ended', async () => {
    await endProcess(null, 10);
    await endProcess({ pid: 2 ** 22, started: 'never' }, 10);
  });
});
