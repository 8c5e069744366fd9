import 'server-only';
import type { z } from 'zod';
import type { Needs } from '@/lib/commands/caller';
import type { Command } from '@/lib/commands/command';
import { answer } from './action';
import { type Guarded, guardOf } from './guarded';
import { readForm } from './read-form';
import type { ActionResult } from './result';

/** A command's server action for useActionState; works without JavaScript. */
export function formAction<N extends Needs, I extends z.ZodType, O extends z.ZodType, R = z.output<O>>(
  command: Command<N, I, O>,
  then: (output: z.output<O>, form: FormData) => R | Promise<R> = (output) => output as unknown as R,
): ((previous: ActionResult<R> | null, form: FormData) => Promise<ActionResult<R>>) & Guarded {
  const call = async (_previous: ActionResult<R> | null, form: FormData) =>
    answer(
      command,
      () => readForm(command.input, form),
      (output) => then(output, form),
    );
  return Object.assign(call, guardOf(command), { command });
}
