import 'server-only';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import { requireAccess, type Access, type Caller } from './access';
import { failureOf } from './failure';
import { parseInput } from './parse';
import type { ActionResult } from './result';

type Definition<A extends Access, S extends z.ZodType, R> = A & {
  input?: S;
  run: (input: z.output<S>, caller: Caller<A>) => Promise<R>;
};

type Arguments<S extends z.ZodType> =
  undefined extends z.input<S> ? [input?: z.input<S>] : [input: z.input<S>];

/** Who may call it; for the test that walks all of them. */
export interface Guarded {
  readonly permission: Access['permission'];
  readonly because?: string;
}

export const guardOf = (access: Access): Guarded =>
  access.permission === 'public'
    ? { permission: 'public', because: access.because }
    : { permission: access.permission };

/** All of what stands between the browser and `run`; `read` is called only for those who may. */
export async function runGuarded<A extends Access, S extends z.ZodType, R>(
  definition: Definition<A, S, R>,
  read: () => unknown,
): Promise<ActionResult<R>> {
  try {
    const caller = await requireAccess<A>(definition, await headers(), 'POST');
    const schema: z.ZodType = definition.input ?? z.undefined();
    const input = parseInput(schema, read()) as z.output<S>;
    return { ok: true, data: await definition.run(input, caller) };
  } catch (thrown) {
    unstable_rethrow(thrown); // redirect() and notFound() are thrown too, and are Next's to catch
    return failureOf(thrown, `action ${definition.permission}`);
  }
}

/** A server action: `export const renameProject = action({ permission, input, run })` in a 'use server' file. */
export function action<A extends Access, R, S extends z.ZodType = z.ZodUndefined>(
  definition: Definition<A, S, R>,
): ((...input: Arguments<S>) => Promise<ActionResult<R>>) & Guarded {
  const call = async (...input: Arguments<S>) =>
    runGuarded(definition, () => (definition.input ? input[0] : undefined));
  return Object.assign(call, guardOf(definition));
}
