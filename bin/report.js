// @ts-check
/** The result of a test run, passed from the test runner's process to this one. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: string[], skipped: { name: string, reason: string }[] }} Report */

/**
 * Writes to the file that `npm test` names; does nothing if the runner was started directly.
 * @param {Report} report
 */
export function writeReport(report) {
  if (process.env.LAYERWRIGHT_REPORT) writeFileSync(process.env.LAYERWRIGHT_REPORT, JSON.stringify(report));
}

/** @param {string} file @param {string} runner @param {number | null} code its exit code @returns {Report} */
export function readReport(file, runner, code) {
  if (!existsSync(file))
    return { passed: 0, failed: [`${runner} ended with code ${code} and no report`], skipped: [] };
  const report = /** @type {Report} */ (JSON.parse(readFileSync(file, 'utf8')));
  if (code === 0 || report.failed.length > 0) return report;
  return { ...report, failed: [`${runner} ended with code ${code}`] };
}

/** @param {Report[]} reports @returns {Report} */
export const addReports = (reports) => ({
  passed: reports.reduce((sum, { passed }) => sum + passed, 0),
  failed: reports.flatMap(({ failed }) => failed),
  skipped: reports.flatMap(({ skipped }) => skipped),
});

/** The summary; the counts are its last line. @param {Report} report */
export function formatReport({ passed, failed, skipped }) {
  const lines = [
    ...failed.map((name) => `FAILED   ${name}`),
    ...skipped.map(({ name, reason }) => `SKIPPED  ${name}${reason ? `: ${reason}` : ''}`),
  ];
  const skippedCount = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  return [...lines, `${passed} passed, ${failed.length} failed${skippedCount}`].join('\n');
}
