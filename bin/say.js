// @ts-check
/** What the scripts say: one line for each thing that they do, in two columns. */
import { Interrupted } from './run.js';

export const topicWidth = 13;
const started = () => process.hrtime.bigint();
const secondsSince = (/** @type {bigint} */ start) => Number(process.hrtime.bigint() - start) / 1e9;

let lineOpen = false;

// The terminal may be gone (SIGHUP) while there is still something to stop.
process.stdout.on('error', () => undefined);

/** @param {string} text */
function write(text) {
  process.stdout.write(text);
  lineOpen = !text.endsWith('\n');
}

/** Ends a line that a step left open, so that what comes next starts on its own. */
export function freshLine() {
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
export function say(topic, text) {
  freshLine();
  write(`${formatLine(topic, text)}\n`);
}

/** What to do about the line above. @param {string} text */
export const sayHint = (text) => say('', text);

/** @param {string} text */
export function sayTitle(text) {
  freshLine();
  write(`\n${text}\n\n`);
}

/**
 * Says that something starts, runs it, and ends the same line with how it went and how long it took.
 * @template T
 * @param {string} topic
 * @param {string} text
 * @param {() => Promise<T>} work
 * @param {(result: T) => string} [outcome]
 * @returns {Promise<T>}
 */
export async function sayStep(topic, text, work, outcome = () => 'done') {
  freshLine();
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
