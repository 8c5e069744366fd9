// @ts-check
/** Restarts a service that ended by itself, with growing delays, and limits its log. */
import { setTimeout as sleep } from 'node:timers/promises';
import { endLine, formatSeconds, printHint, printLine } from './print.js';
import { limitLog } from './log-file.js';
import { StepError, messageOf } from './run.js';

const firstDelayMs = 1000;
const longestDelayMs = 60_000;
/** A service that ran this long counts as healthy: the delays start again with the shortest. */
const healthyMs = 60_000;

/**
 * @typedef {object} Service
 * @property {string} topic
 * @property {string} [log] the file to which it writes by itself
 * @property {(signal: AbortSignal) => Promise<string>} ended waits for the end of its process; returns how it ended: `with SIGKILL`
 * @property {(signal: AbortSignal) => Promise<void>} restart cleans up after it and starts it; throws if that fails
 */

/**
 * @typedef {object} Clock
 * @property {() => number} nowMs
 * @property {(ms: number, signal: AbortSignal) => Promise<void>} wait throws when the signal is aborted
 */

/** @type {Clock} */
const realClock = {
  nowMs: () => performance.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
};

/** @param {string} topic @param {unknown} error @param {number} delayMs */
function printFailure(topic, error, delayMs) {
  printLine(topic, messageOf(error));
  if (!(error instanceof StepError)) {
    endLine();
    console.error(error);
  } else {
    if (error.hint) printHint(error.hint);
    if (error.log) printHint(`Its log: ${error.log}`);
  }
  printHint(`Next attempt in ${formatSeconds(delayMs / 1000)}.`);
}

/**
 * Watches a running service until a stop is requested.
 * @param {Service} service
 * @param {Pick<import('./supervise.js').Supervisor, 'add' | 'stopRequested'>} supervisor
 * @param {Clock} [clock]
 */
export function keepRunning({ topic, log, ended, restart }, supervisor, { nowMs, wait } = realClock) {
  const stopping = new AbortController();
  const { signal } = stopping;
  if (log) limitLog(log, signal);
  let nextDelayMs = firstDelayMs;
  const growDelay = () => {
    const delayMs = nextDelayMs;
    nextDelayMs = Math.min(2 * delayMs, longestDelayMs);
    return delayMs;
  };

  async function restartUntilItRuns() {
    for (;;) {
      try {
        await restart(signal);
        return printLine(topic, 'runs again');
      } catch (error) {
        signal.throwIfAborted();
        const delayMs = growDelay();
        printFailure(topic, error, delayMs);
        await wait(delayMs, signal);
      }
    }
  }

  async function watch() {
    for (;;) {
      const sinceMs = nowMs();
      const how = await ended(signal);
      signal.throwIfAborted();
      if (nowMs() - sinceMs >= healthyMs) nextDelayMs = firstDelayMs;
      const delayMs = growDelay();
      printLine(topic, `ended ${how}; it is started again in ${formatSeconds(delayMs / 1000)}`);
      await wait(delayMs, signal);
      await restartUntilItRuns();
    }
  }

  const watching = watch().catch((error) => {
    if (!signal.aborted) throw error;
  });
  void supervisor.stopRequested.then(() => stopping.abort());
  supervisor.add({
    topic,
    quiet: true,
    stop: async () => {
      stopping.abort();
      await watching;
    },
  });
}
