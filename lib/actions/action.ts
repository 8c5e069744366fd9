import 'server-only';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import { type Access, type Caller, guardOf, type Guarded, type Needs, requireAccess } from './access';
import { failureOf } from './failure';
import { parseInput } from './parse';
import type { ActionResult } from './result';

type Definition<N extends Needs, S extends z.ZodType, R> = Access<N> & {
  input?: S;
  run: (input: z.output<S>, caller: Caller<N>) => Promise<R>;
};

type Arguments<S extends z.ZodType> =
  undefined extends z.input<S> ? [input?: z.input<S>] : [input: z.input<S>];

/** All of what stands between the browser and `run`; `read` is called only for those who may. */
export async function runGuarded<N extends Needs, S extends z.ZodType, R>(
  definition: { permission: N; input?: S; run: (input: z.output<S>, caller: Caller<N>) => Promise<R> },
  read: () => unknown,
): Promise<ActionResult<R>> {
  try {
    const caller = await requireAccess(definition.permission, await headers(), 'POST');
    const schema: z.ZodType = definition.input ?? z.undefined();
    const input = parseInput(schema, read()) as z.output<S>;
    return { ok: true, data: await definition.run(input, caller) };
  } catch (thrown) {
    unstable_rethrow(thrown); // redirect() and notFound() are thrown too, and are Next's to catch
    return failureOf(thrown, `action ${definition.permission}`);
  }
}

/** A server action: `export const renameProject = action({ permission, input, run })` in a 'use server' file. */
export function action<N extends Needs, R, S extends z.ZodType = z.ZodUndefined>(
  definition: Definition<N, S, R>,
): ((...input: Arguments<S>) => Promise<ActionResult<R>>) & Guarded {
  const call = async (...input: Arguments<S>) =>
    runGuarded<N, S, R>(definition, () => (definition.input ? input[0] : undefined));
  return Object.assign(call, guardOf(definition));
}
