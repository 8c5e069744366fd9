import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { addReports, formatReport, readInterrupted, readReport, writeReport } from './report.js';
import { parseTestArguments } from './test-arguments.js';

const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-report-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** As a test runner does. @param {import('./report.js').Progress} progress */
function leave(progress) {
  const file = path.join(directory, 'report.json');
  vi.stubEnv('LAYERWRIGHT_REPORT', file);
  writeReport(progress);
  vi.unstubAllEnvs();
  return file;
}

const clean = { passed: 3, failed: [], skipped: [] };

describe('the report of a test run', () => {
  it('ends with one line of counts', () => {
    expect(formatReport(clean)).toBe('3 passed, 0 failed');
  });

  it('names what failed, and what was skipped with its reason', () => {
    const sum = addReports([
      clean,
      { passed: 1, failed: ['a build > fails'], skipped: [{ name: 'a push', reason: 'no registry' }] },
    ]);
    expect(formatReport(sum)).toBe(
      'FAILED   a build > fails\nSKIPPED  a push: no registry\n4 passed, 1 failed, 1 skipped',
    );
  });

  it('names the engines that it ran on', () => {
    const sum = addReports([
      { ...clean, engines: ['Docker 20.10.24'] },
      { ...clean, engines: ['Docker 29.8.1'] },
    ]);
    expect(formatReport(sum)).toBe('ENGINE   Docker 20.10.24\nENGINE   Docker 29.8.1\n6 passed, 0 failed');
  });

  it('keeps what ran before an interruption, and says where that was', () => {
    const interrupted = addReports([
      clean,
      readInterrupted(leave({ ...clean, running: ['a build > ends'] }), 'vitest'),
    ]);
    expect(formatReport(interrupted)).toBe('6 passed, 0 failed, interrupted in a build > ends');
    expect(formatReport(readInterrupted('/nowhere/report.json', 'vitest'))).toBe(
      '0 passed, 0 failed, interrupted in vitest',
    );
  });

  it('keeps what ran before the runner was killed', () => {
    const report = readReport(leave({ ...clean, running: ['a build > ends'] }), 'vitest', null);
    expect(formatReport(report)).toBe(
      'FAILED   vitest ended with code null before its end: a build > ends\n3 passed, 1 failed',
    );
    expect(readReport(leave({ ...clean, running: null }), 'vitest', 0)).toEqual(clean);
  });

  it('is a failure if the runner wrote no report', () => {
    expect(readReport('/nowhere/report.json', 'vitest', 1).failed).toEqual([
      'vitest ended with code 1 and no report',
    ]);
  });
});

describe('parseTestArguments', () => {
  it.each([
    [[], ['check', 'unit', 'e2e'], []],
    [['e2e', 'unit'], ['unit', 'e2e'], []],
    [['unit', 'lib/events'], ['unit'], ['lib/events']],
    [['lib/events'], ['unit'], ['lib/events']],
    [['e2e/login.spec.ts'], ['e2e'], ['e2e/login.spec.ts']],
  ])('reads %j', (args, parts, files) => {
    expect(parseTestArguments(args)).toEqual({ parts, files });
  });

  it('reads the engine that everything runs on', () => {
    const args = ['unit', '--engine', 'docker29-overlay2', 'lib/images'];
    expect(parseTestArguments(args)).toEqual({
      parts: ['unit'],
      files: ['lib/images'],
      engine: 'docker29-overlay2',
    });
    expect(() => parseTestArguments(['--engine', 'docker1'])).toThrow('no engine docker1');
  });

  it('reads the options of a trial, and names of works', () => {
    expect(parseTestArguments(['faults', '--seed', '7', 'push', '--kills', '20', 'pull'])).toEqual({
      parts: ['trials'],
      files: ['bench/trials/kills.trial.ts'],
      trial: JSON.stringify({ seed: '7', kills: '20', names: ['push', 'pull'] }),
    });
    expect(parseTestArguments(['soak'])).toMatchObject({ files: ['bench/trials/soak.trial.ts'] });
  });
});
