// @ts-check
/** Output of the scripts: one line per action, in two columns. */
import { Interrupted } from './run.js';

export const topicWidth = 13;
const started = () => process.hrtime.bigint();
const secondsSince = (/** @type {bigint} */ start) => Number(process.hrtime.bigint() - start) / 1e9;

let lineOpen = false;

// The terminal may be gone (SIGHUP) while processes are still being stopped.
process.stdout.on('error', () => undefined);

/** @param {string} text */
function write(text) {
  process.stdout.write(text);
  lineOpen = !text.endsWith('\n');
}

/** Ends an open line of a step. */
export function endLine() {
  if (lineOpen) write('\n');
}

/** @param {number} seconds */
export function formatSeconds(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 90 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** @param {string} topic @param {string} text */
export const formatLine = (topic, text) => `  ${topic.padEnd(topicWidth)}${text}`;

/** @param {string} topic @param {string} text */
export function printLine(topic, text) {
  endLine();
  write(`${formatLine(topic, text)}\n`);
}

/** Prints a remedy below the line before it. @param {string} text */
export const printHint = (text) => printLine('', text);

/** @param {{ text: string, hint: string } | null} warning */
export function printWarning(warning) {
  if (!warning) return;
  printLine('Warning', warning.text);
  printHint(warning.hint);
}

/** @param {string} text */
export function printTitle(text) {
  endLine();
  write(`\n${text}\n\n`);
}

/**
 * Prints the start of a step, runs it, and completes the line with the outcome and the duration.
 * @template T
 * @param {string} topic
 * @param {string} text
 * @param {() => Promise<T>} work
 * @param {(result: T) => string} [outcome]
 * @returns {Promise<T>}
 */
export async function printStep(topic, text, work, outcome = () => 'done') {
  endLine();
  write(`${formatLine(topic, text)} … `);
  const start = started();
  try {
    const result = await work();
    write(
      `${lineOpen ? '' : formatLine(topic, '')}${outcome(result)}, ${formatSeconds(secondsSince(start))}\n`,
    );
    return result;
  } catch (error) {
    const how = error instanceof Interrupted ? 'interrupted' : 'failed';
    write(`${lineOpen ? '' : formatLine(topic, '')}${how} after ${formatSeconds(secondsSince(start))}\n`);
    throw error;
  }
}
