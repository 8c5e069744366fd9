// @ts-check
/** Reports to `npm test` how many tests passed, and which failed or were skipped. */
import { writeReport } from './report.js';

/** @param {import('@playwright/test/reporter').TestCase} test */
const nameOf = (test) => test.titlePath().filter(Boolean).join(' > ');

/** @typedef {import('@playwright/test/reporter').Reporter} Reporter */

/** @implements {Reporter} */
export default class ReportPlaywright {
  /** @type {import('@playwright/test/reporter').Suite | null} */
  suite = null;
  /** @type {string[]} */
  errors = [];

  /** @param {import('@playwright/test/reporter').FullConfig} _config @param {import('@playwright/test/reporter').Suite} suite */
  onBegin(_config, suite) {
    this.suite = suite;
  }

  /** @param {import('@playwright/test/reporter').TestError} error outside any test */
  onError(error) {
    this.errors.push(error.message ?? String(error.value));
  }

  onEnd() {
    const tests = this.suite?.allTests() ?? [];
    // A test that did not run without being skipped counts as failed.
    const neverRan = tests.filter((test) => test.results.length === 0);
    const ran = tests.filter((test) => test.results.length > 0);
    const skipped = ran.filter((test) => test.outcome() === 'skipped');
    const flaky = ran.filter((test) => test.outcome() === 'flaky');
    for (const test of flaky) console.log(`SECOND TRY  ${nameOf(test)} (it failed at first)`);
    const passed = [...ran.filter((test) => test.outcome() === 'expected'), ...flaky];
    writeReport({
      passed: passed.length,
      failed: [
        ...ran.filter((test) => !skipped.includes(test) && !passed.includes(test)).map(nameOf),
        ...neverRan.map((test) => `${nameOf(test)} (did not run)`),
        ...this.errors,
      ],
      skipped: skipped.map((test) => ({
        name: nameOf(test),
        reason: test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? '',
      })),
    });
  }
}
