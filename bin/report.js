// @ts-check
/** The result of a test run, passed from the test runner's process to this one. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * @typedef {object} Report
 * @property {number} passed
 * @property {string[]} failed
 * @property {{ name: string, reason: string }[]} skipped
 * @property {string[]} [engines] what it ran on
 * @property {string[]} [interrupted] what was running when the user stopped the run
 */

/** @typedef {Report & { running: string[] | null }} Progress `running`: what runs at this moment; null at the end */

/**
 * Writes to the file that `npm test` names; does nothing if the runner was started directly.
 * @param {Progress} progress
 */
export function writeReport(progress) {
  const file = process.env.LAYERWRIGHT_REPORT;
  if (!file) return;
  // The runner may be killed while it writes.
  writeFileSync(`${file}.new`, JSON.stringify(progress));
  renameSync(`${file}.new`, file);
}

/** @returns {Report} */
export const emptyReport = () => ({ passed: 0, failed: [], skipped: [] });

/** @param {string} file @returns {Progress | null} */
const readProgress = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/** @param {string} file @param {string} runner @param {number | null} code its exit code @returns {Report} */
export function readReport(file, runner, code) {
  const progress = readProgress(file);
  const ended = `${runner} ended with code ${code}`;
  if (!progress) return { ...emptyReport(), failed: [`${ended} and no report`] };
  const { running, ...report } = progress;
  if (running !== null) {
    const where = running.length > 0 ? running.join(', ') : 'between two tests';
    return { ...report, failed: [...report.failed, `${ended} before its end: ${where}`] };
  }
  return code === 0 || report.failed.length > 0 ? report : { ...report, failed: [ended] };
}

/** The report of a runner that the user stopped. @param {string} file @param {string} runner @returns {Report} */
export function readInterrupted(file, runner) {
  const { running, ...report } = readProgress(file) ?? { ...emptyReport(), running: null };
  return { ...report, interrupted: running?.length ? running : [runner] };
}

/** @param {Report[]} reports @returns {Report} */
export const addReports = (reports) => {
  const interrupted = reports.flatMap((report) => report.interrupted ?? []);
  const engines = reports.flatMap((report) => report.engines ?? []);
  return {
    passed: reports.reduce((sum, { passed }) => sum + passed, 0),
    failed: reports.flatMap(({ failed }) => failed),
    skipped: reports.flatMap(({ skipped }) => skipped),
    ...(engines.length > 0 && { engines }),
    ...(interrupted.length > 0 && { interrupted }),
  };
};

/** The summary; the counts are its last line. @param {Report} report */
export function formatReport({ passed, failed, skipped, engines = [], interrupted }) {
  const lines = [
    ...engines.map((engine) => `ENGINE   ${engine}`),
    ...failed.map((name) => `FAILED   ${name}`),
    ...skipped.map(({ name, reason }) => `SKIPPED  ${name}${reason ? `: ${reason}` : ''}`),
  ];
  const counts = [
    `${passed} passed, ${failed.length} failed`,
    ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
    ...(interrupted ? [`interrupted in ${interrupted.join(', ')}`] : []),
  ];
  return [...lines, counts.join(', ')].join('\n');
}
