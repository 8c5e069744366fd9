// @ts-check
/** The server process: `next start` or `next dev`. */
import { spawn } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, exitOf, identify, killProcess, waitForEnd } from './processes.js';
import { childEnvironment } from './run.js';
import { privately } from './umask.js';

const startTimeoutMs = 120_000;
/** Longer than the server's own shutdown, which closes streams and writes the last events. */
const stopGraceMs = 10_000;
/** Lines of Next's banner, which are not printed. */
const nextBanner =
  /^\s*(▲ Next\.js|- (Local|Network|Environments|Experiments)\b|[✓⨯·] \w+$|✓ (Starting|Ready|Running next\.config|Finished writing)|$)/;

/** @param {string} host @param {number} port */
export function formatUrl(host, port) {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** Whether an HTTP server responds at the URL, with any status. @param {string} url */
function isReachable(url) {
  return new Promise((resolve) => {
    const request = http.get(`${url}/api/health`, { timeout: 10_000 }, (response) => {
      response.resume();
      resolve(true);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/**
 * @typedef {object} Server
 * @property {number} pid
 * @property {string} url
 * @property {(signal?: AbortSignal) => Promise<string>} ended waits until its process ended, and says how
 * @property {(signal?: AbortSignal) => Promise<boolean>} ready waits until it responds; false if it ended or is late
 * @property {() => string} failure why it is not ready
 * @property {() => Promise<void>} stop
 * @property {() => void} kill
 */

/**
 * @param {object} options
 * @param {string} options.root
 * @param {'start' | 'dev'} options.mode
 * @param {string} options.host
 * @param {number} options.port
 * @param {Record<string, string | undefined>} options.env
 * @param {string[]} [options.through] a program and its arguments that run the server, for example with fewer rights
 * @param {(line: string) => void} options.onLine each line of output, without Next's banner
 * @returns {Server}
 */
export function startServer({ root, mode, host, port, env, through = [], onLine }) {
  const next = path.join(root, 'node_modules/next/dist/bin/next');
  const own = [process.execPath, next, mode, '-H', host, '-p', String(port)];
  const [program, ...wrapped] = through;
  const command = program === undefined ? own : [program, ...wrapped, ...own];
  const child = privately(() =>
    spawn(command[0] ?? process.execPath, command.slice(1), {
      cwd: root,
      detached: true, // Ctrl-C in the terminal goes to the script only
      stdio: ['ignore', 'pipe', 'pipe'],
      env: childEnvironment({
        NEXT_TELEMETRY_DISABLED: '1',
        NODE_ENV: mode === 'start' ? 'production' : 'development',
        // lib/startup.ts shuts down in its own order
        NEXT_MANUAL_SIG_HANDLE: mode === 'start' ? '1' : undefined,
        LAYERWRIGHT_HOST: host,
        LAYERWRIGHT_PORT: String(port),
        ...env,
      }),
    }),
  );
  for (const input of [child.stdout, child.stderr]) {
    readline.createInterface({ input }).on('line', (line) => nextBanner.test(line) || onLine(line));
  }
  const isOver = () => exitOf(child) !== null;
  const pid = child.pid ?? 0;
  const record = identify(pid);
  const url = formatUrl(host, port);
  return {
    pid,
    url,
    ended: (signal = new AbortController().signal) => waitForEnd(record, child, signal),
    failure() {
      const exit = exitOf(child);
      return exit ? `it ended ${exit}` : `it does not answer after ${startTimeoutMs / 1000} s`;
    },
    async ready(signal) {
      const deadline = Date.now() + startTimeoutMs;
      while (!isOver() && !(await isReachable(url))) {
        if (Date.now() > deadline || signal?.aborted) return false;
        await sleep(100);
      }
      return !isOver();
    },
    stop: () => endProcess(record, stopGraceMs),
    kill: () => killProcess(record),
  };
}
