import 'server-only';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import type { Needs } from '@/lib/commands/caller';
import type { Command } from '@/lib/commands/command';
import { readCaller } from './caller';
import { failureOf } from './failure';
import { type Guarded, guardOf } from './guarded';
import { runOnce } from './once';
import type { ActionResult } from './result';

type Arguments<I extends z.ZodType> =
  undefined extends z.input<I>
    ? [input?: z.input<I>, requestKey?: string]
    : [input: z.input<I>, requestKey?: string];

/** All checks between the browser and a command. */
export async function answer<N extends Needs, I extends z.ZodType, O extends z.ZodType, R>(
  command: Command<N, I, O>,
  read: () => unknown,
  then: (output: z.output<O>) => R | Promise<R>,
  requestKey?: unknown,
): Promise<ActionResult<R>> {
  try {
    const caller = await readCaller({ headers: await headers(), method: 'POST' });
    return { ok: true, data: await then(await runOnce(command, caller, read, requestKey)) };
  } catch (thrown) {
    unstable_rethrow(thrown); // redirect() and notFound() throw errors that Next handles
    return failureOf(thrown, `action ${command.name}`);
  }
}

/**
 * The server action of a command: `export const renameProject = action(projects.rename, refreshed)` in a 'use server'
 * file. `then` runs afterwards in Next (cookies, redirect, refresh); its return value goes to the browser.
 */
export function action<N extends Needs, I extends z.ZodType, O extends z.ZodType, R = z.output<O>>(
  command: Command<N, I, O>,
  then: (output: z.output<O>) => R | Promise<R> = (output) => output as unknown as R,
): ((...input: Arguments<I>) => Promise<ActionResult<R>>) & Guarded {
  const call = async (...input: Arguments<I>) => answer(command, () => input[0], then, input[1]);
  return Object.assign(call, guardOf(command), { command });
}
