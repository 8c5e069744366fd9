import 'server-only';
import type { z } from 'zod';
import { type Access, type Caller, guardOf, type Guarded, type Needs } from './access';
import { runGuarded } from './action';
import { readForm } from './parse';
import type { ActionResult } from './result';

/** A server action for useActionState: works without JavaScript too. */
export function formAction<N extends Needs, S extends z.ZodType, R>(
  definition: Access<N> & { input: S; run: (input: z.output<S>, caller: Caller<N>) => Promise<R> },
): ((previous: ActionResult<R> | null, form: FormData) => Promise<ActionResult<R>>) & Guarded {
  const call = async (_previous: ActionResult<R> | null, form: FormData) =>
    runGuarded<N, S, R>(definition, () => readForm(definition.input, form));
  return Object.assign(call, guardOf(definition));
}
