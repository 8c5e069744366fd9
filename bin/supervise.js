// @ts-check
/** Ends what was started, last first, when this process is asked to end. */
import { Interrupted, endRunning, messageOf } from './run.js';
import { freshLine, say } from './say.js';

/** npm passes Ctrl-C on although the terminal already did: the same key press comes twice. */
const samePress = 700;

/** @typedef {{ topic: string, quiet?: boolean, stop: () => Promise<void>, kill?: () => void }} Started */

export function supervise() {
  /** @type {Started[]} */
  const started = [];
  let presses = 0;
  let lastPress = 0;
  /** @type {() => void} */
  let ask = () => undefined;
  const asked = /** @type {Promise<void>} */ (new Promise((resolve) => (ask = resolve)));

  const onSignal = () => {
    if (Date.now() - lastPress < samePress) return;
    lastPress = Date.now();
    presses++;
    if (presses === 1) {
      endRunning();
      ask();
    } else if (presses === 2) {
      say('Stop', 'now, without waiting');
      for (const { kill } of started) kill?.();
    } else {
      process.exit(130); // 128 + SIGINT
    }
  };
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, onSignal);

  return {
    asked,
    isAsked: () => presses > 0,
    /** Throws once an end was asked for. */
    check() {
      if (presses > 0) throw new Interrupted();
    },
    /** @param {Started} what */
    add(what) {
      started.push(what);
    },
    async stopAll() {
      freshLine();
      for (let what = started.at(-1); what; what = started.at(-1)) {
        try {
          await what.stop();
          if (!what.quiet) say(what.topic, 'stopped');
        } catch (error) {
          say(what.topic, `could not be stopped cleanly: ${messageOf(error)}`);
          process.exitCode = 1;
        }
        started.pop();
      }
    },
  };
}

/** @typedef {ReturnType<typeof supervise>} Supervisor */
