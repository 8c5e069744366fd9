import { describe, expect, it } from 'vitest';
import { addReports, formatReport, readReport } from './report.js';
import { parseTestArguments } from './test-arguments.js';

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
});
