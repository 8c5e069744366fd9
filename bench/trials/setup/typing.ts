import { callEngine } from '@/bin/docker-api.js';
import type { App } from '@/e2e/setup/app';
import { ask, asBrowser } from '@/e2e/setup/pages/raw-request';
import { containerOf } from './database';

/** A workbench, and who types into it. */
interface Bench {
  app: App;
  cookie: string;
  workbench: string;
}

const viewer = 'trialviewer';

/** Sends a line under a number; false if it has to be sent again. */
async function send({ app, cookie, workbench }: Bench, number: number, line: string): Promise<boolean> {
  const input = { viewer, number, messages: [{ type: 'text', text: `${line}\r` }] };
  try {
    const { status, text } = await ask(app, `/api/workbenches/${workbench}/input`, {
      method: 'POST',
      headers: { ...asBrowser(app, cookie), 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (status !== 200) return false;
    const { result } = JSON.parse(text) as { result: string };
    if (result === 'refused') throw new Error(`Not typed: ${text}`);
    return result === 'done';
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Not typed')) throw error;
    return false; // the server is killed
  }
}

/** As a page does: repeated under its number until it is acknowledged. */
export async function typeLine(bench: Bench, number: number, line: string): Promise<void> {
  while (!(await send(bench, number, line))) await new Promise((resolve) => setTimeout(resolve, 100));
}

const typedFile = '/typed';

/** Types numbered lines one after the other, over kills of the server, until it is stopped. */
export function startTyping(bench: Bench) {
  let number = 1;
  const stop = new AbortController();
  const done = (async () => {
    while (!stop.signal.aborted) {
      number += 1;
      await typeLine(bench, number, `echo ${number} >> ${typedFile}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    /** Returns the number of the last line. */
    async stop() {
      stop.abort();
      await done;
      return number;
    },
  };
}

/** How often each numbered line was run. */
async function readTyped({ app, engine, workbench }: Bench & { engine: string }) {
  const target = `/containers/${containerOf(app, workbench)}/archive?path=${typedFile}`;
  const { text } = await callEngine(engine, target, { timeoutMs: 30_000 });
  const counts = new Map<number, number>();
  for (const line of text.split('\n')) {
    const number = Number(line.replaceAll(/^.*\0/gs, '')); // the first follows the tar's header
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

/** Numbers up to `last` that were not run, or more than once. The shell may be behind with what is typed. */
export async function findMistyped(bench: Bench & { engine: string }, last: number): Promise<string[]> {
  const patientUntil = performance.now() + 60_000;
  let counts = await readTyped(bench);
  while (!counts.has(last) && performance.now() < patientUntil) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    counts = await readTyped(bench);
  }
  return Array.from({ length: last - 1 }, (_, index) => index + 2)
    .filter((number) => counts.get(number) !== 1)
    .map((number) => `line ${number} of the terminal was run ${counts.get(number) ?? 0} times`);
}
