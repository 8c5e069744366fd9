// @ts-check
/** Reports to `npm test` how many tests passed, and which failed or were skipped. */
import path from 'node:path';
import { writeReport } from './report.js';

/** @typedef {import('vitest/node').Reporter} Reporter */

/** @implements {Reporter} */
export default class ReportVitest {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandled errors outside any test
   */
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const broken = modules.filter((module) => module.errors().length > 0);
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    writeReport({
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: [
        ...tests
          .filter((test) => ['failed', 'pending'].includes(test.result().state))
          .map((test) => test.fullName),
        ...broken.map((module) => path.relative(process.cwd(), module.moduleId)),
        ...unhandled.map(String),
      ],
      skipped: skipped.map((test) => {
        const result = test.result();
        return { name: test.fullName, reason: ('note' in result && result.note) || '' };
      }),
    });
  }
}
