import 'server-only';
import type { z } from 'zod';
import type { Access, Caller } from './access';
import { guardOf, runGuarded, type Guarded } from './action';
import { readForm } from './parse';
import type { ActionResult } from './result';

/** A server action for useActionState: works without JavaScript too. */
export function formAction<A extends Access, S extends z.ZodType, R>(
  definition: A & { input: S; run: (input: z.output<S>, caller: Caller<A>) => Promise<R> },
): ((previous: ActionResult<R> | null, form: FormData) => Promise<ActionResult<R>>) & Guarded {
  const call = async (_previous: ActionResult<R> | null, form: FormData) =>
    runGuarded<A, S, R>(definition, () => readForm(definition.input, form));
  return Object.assign(call, guardOf(definition));
}
