// @ts-check
/** Reports to `npm test` how many tests passed, and which failed or were skipped; after each test, and at the end. */
import { writeReport } from './report.js';

/** @typedef {import('@playwright/test/reporter').TestCase} TestCase */

/** @param {TestCase} test */
const nameOf = (test) => test.titlePath().filter(Boolean).join(' > ');

/** @param {TestCase[]} ran @returns {import('./report.js').Report} */
function summarize(ran) {
  const withOutcome = (/** @type {string[]} */ outcomes) =>
    ran.filter((test) => outcomes.includes(test.outcome()));
  return {
    passed: withOutcome(['expected', 'flaky']).length,
    failed: withOutcome(['unexpected']).map(nameOf),
    skipped: withOutcome(['skipped']).map((test) => ({
      name: nameOf(test),
      reason: test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? '',
    })),
  };
}

/** @typedef {import('@playwright/test/reporter').Reporter} Reporter */

/** @implements {Reporter} */
export default class ReportPlaywright {
  /** @type {TestCase[]} */
  tests = [];
  /** @type {Set<TestCase>} Also those that failed and are tried again. */
  running = new Set();
  /** @type {string[]} */
  errors = [];

  /** @param {import('@playwright/test/reporter').FullConfig} _config @param {import('@playwright/test/reporter').Suite} suite */
  onBegin(_config, suite) {
    this.tests = suite.allTests();
  }

  writeProgress() {
    const ended = this.tests.filter((test) => test.results.length > 0 && !this.running.has(test));
    const { failed, ...report } = summarize(ended);
    writeReport({ ...report, failed: [...failed, ...this.errors], running: [...this.running].map(nameOf) });
  }

  /** @param {TestCase} test */
  onTestBegin(test) {
    this.running.add(test);
    this.writeProgress();
  }

  /** @param {TestCase} test @param {import('@playwright/test/reporter').TestResult} result */
  onTestEnd(test, result) {
    const isTriedAgain = test.outcome() === 'unexpected' && result.retry < test.retries;
    if (isTriedAgain || result.status === 'interrupted') return;
    this.running.delete(test);
    this.writeProgress();
  }

  /** @param {import('@playwright/test/reporter').TestError} error outside any test */
  onError(error) {
    this.errors.push(error.message ?? String(error.value));
  }

  /** @param {import('@playwright/test/reporter').FullResult} result */
  onEnd({ status }) {
    if (status === 'interrupted') return; // the last progress says more
    const ran = this.tests.filter((test) => test.results.length > 0);
    for (const test of ran.filter((test) => test.outcome() === 'flaky'))
      console.log(`SECOND TRY  ${nameOf(test)} (it failed at first)`);
    // A test that did not run without being skipped counts as failed.
    const neverRan = this.tests.filter((test) => test.results.length === 0);
    const { failed, ...report } = summarize(ran);
    const notRun = neverRan.map((test) => `${nameOf(test)} (did not run)`);
    writeReport({ ...report, failed: [...failed, ...notRun, ...this.errors], running: null });
  }
}
