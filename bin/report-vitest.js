// @ts-check
/** Reports to `npm test` how many tests passed, and which failed or were skipped; after each file, and at the end. */
import path from 'node:path';
import { writeReport } from './report.js';

/** @typedef {import('vitest/node').TestModule} TestModule */

/** @param {TestModule} module */
const nameOf = (module) => path.relative(process.cwd(), module.moduleId);

/** @param {ReadonlyArray<TestModule>} modules @param {string[]} failedStates @returns {import('./report.js').Report} */
function summarize(modules, failedStates) {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (/** @type {string[]} */ states) =>
    tests.filter((test) => states.includes(test.result().state));
  return {
    passed: inState(['passed']).length,
    failed: [
      ...inState(failedStates).map((test) => test.fullName),
      ...modules.filter((module) => module.errors().length > 0).map(nameOf),
    ],
    skipped: inState(['skipped']).map((test) => {
      const result = test.result();
      return { name: test.fullName, reason: ('note' in result && result.note) || '' };
    }),
  };
}

/** @typedef {import('vitest/node').Reporter} Reporter */

/** @implements {Reporter} */
export default class ReportVitest {
  /** @type {Set<TestModule>} */
  started = new Set();
  /** @type {Set<TestModule>} */
  running = new Set();

  writeProgress() {
    writeReport({ ...summarize([...this.started], ['failed']), running: [...this.running].map(nameOf) });
  }

  /** @param {TestModule} module */
  onTestModuleStart(module) {
    this.started.add(module);
    this.running.add(module);
    this.writeProgress();
  }

  /** @param {TestModule} module */
  onTestModuleEnd(module) {
    this.running.delete(module);
    this.writeProgress();
  }

  /**
   * @param {ReadonlyArray<TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandled errors outside any test
   * @param {import('vitest/node').TestRunEndReason} reason
   */
  onTestRunEnd(modules, unhandled, reason) {
    if (reason === 'interrupted') return; // the last progress says more
    const report = summarize(modules, ['failed', 'pending']);
    writeReport({ ...report, failed: [...report.failed, ...unhandled.map(String)], running: null });
  }
}
