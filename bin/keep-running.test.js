import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepRunning } from './keep-running.js';
import { StepError } from './run.js';

/** @type {string[]} */
let printed = [];

beforeEach(() => {
  printed = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text).trim().replaceAll(/\s+/g, ' '));
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

/** A service that ends on request, and a simulated clock. @param {() => void} [restarting] */
function newService(restarting = () => undefined) {
  let nowMs = 0;
  /** @type {number[]} */
  const waitsMs = [];
  /** @type {(how: string) => void} */
  let end = () => undefined;
  /** @type {() => void} */
  let requestStop = () => undefined;
  const stopRequested = /** @type {Promise<void>} */ (new Promise((resolve) => (requestStop = resolve)));
  /** @type {import('./supervise.js').Started[]} */
  const added = [];
  const restarts = vi.fn(async () => restarting());
  keepRunning(
    {
      topic: 'Engine',
      ended: (signal) =>
        new Promise((resolve) => {
          end = resolve;
          signal.addEventListener('abort', () => resolve(''));
        }),
      restart: restarts,
    },
    { stopRequested, add: (started) => added.push(started) },
    {
      nowMs: () => nowMs,
      wait: async (ms, signal) => {
        waitsMs.push(ms);
        await turn();
        signal.throwIfAborted();
      },
    },
  );
  return {
    waitsMs,
    restarts,
    requestStop: () => requestStop(),
    stop: () => added[0]?.stop(),
    /** @param {number} afterMs */
    async die(afterMs) {
      nowMs += afterMs;
      const known = restarts.mock.calls.length;
      end('with SIGKILL');
      while (restarts.mock.calls.length === known) await turn();
      await turn();
    },
  };
}

describe('a service that is kept running', () => {
  it('is started again after 1, 2, 4 … 60 s, and after 1 s once it has run for a minute', async () => {
    const service = newService();
    for (let time = 0; time < 8; time++) await service.die(5000);
    await service.die(60_000);
    expect(service.waitsMs.map((ms) => ms / 1000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 1]);
    expect(printed.slice(0, 2)).toEqual([
      'Engine ended with SIGKILL; it is started again in 1 s',
      'Engine runs again',
    ]);
    await service.stop();
  });

  it('is tried again where that fails, and each failure is said with its log', async () => {
    let failures = 2;
    const service = newService(() => {
      if (failures-- > 0)
        throw new StepError('The engine did not start: it ended with code 1.', { log: '/log' });
    });
    await service.die(5000);
    while (service.restarts.mock.calls.length < 3) await turn();
    await turn();
    expect(service.waitsMs).toEqual([1000, 2000, 4000]);
    expect(printed).toEqual([
      'Engine ended with SIGKILL; it is started again in 1 s',
      'Engine The engine did not start: it ended with code 1.',
      'Its log: /log',
      'Next attempt in 2 s.',
      'Engine The engine did not start: it ended with code 1.',
      'Its log: /log',
      'Next attempt in 4 s.',
      'Engine runs again',
    ]);
    await service.stop();
  });

  it('is left alone from the moment that a stop is requested', async () => {
    const service = newService();
    service.requestStop();
    await turn();
    await service.stop();
    expect(service.restarts).not.toHaveBeenCalled();
    expect(printed).toEqual([]);
  });
});
