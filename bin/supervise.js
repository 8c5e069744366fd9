// @ts-check
/** Stops everything that was started, last first, when this process is stopRequested to stop. */
import { Interrupted, terminateRunning, messageOf } from './run.js';
import { endLine, printLine } from './print.js';

/** npm forwards Ctrl-C although the terminal sends it, too: the same key press arrives twice. */
const samePressMs = 700;

/** @typedef {{ topic: string, quiet?: boolean, stop: () => Promise<void>, kill?: () => void }} Started */

export function supervise() {
  /** @type {Started[]} */
  const started = [];
  let presses = 0;
  let lastPress = 0;
  /** @type {() => void} */
  let requestStop = () => undefined;
  const stopRequested = /** @type {Promise<void>} */ (new Promise((resolve) => (requestStop = resolve)));

  const onSignal = () => {
    if (Date.now() - lastPress < samePressMs) return;
    lastPress = Date.now();
    presses++;
    if (presses === 1) {
      terminateRunning();
      requestStop();
    } else if (presses === 2) {
      printLine('Stop', 'now, without waiting');
      for (const { kill } of started) kill?.();
    } else {
      process.exit(130); // 128 + SIGINT
    }
  };
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, onSignal);

  return {
    stopRequested,
    isStopRequested: () => presses > 0,
    /** Throws after a stop was requested. */
    throwIfStopped() {
      if (presses > 0) throw new Interrupted();
    },
    /** @param {Started} what */
    add(what) {
      started.push(what);
    },
    async stopAll() {
      endLine();
      for (let what = started.at(-1); what; what = started.at(-1)) {
        try {
          await what.stop();
          if (!what.quiet) printLine(what.topic, 'stopped');
        } catch (error) {
          printLine(what.topic, `could not be stopped cleanly: ${messageOf(error)}`);
          process.exitCode = 1;
        }
        started.pop();
      }
    },
  };
}

/** @typedef {ReturnType<typeof supervise>} Supervisor */
