import 'server-only';
import type { z } from 'zod';
import type { Caller, Needs } from '@/lib/commands/caller';
import { command, noInput } from '@/lib/commands/command';
import { action as ofCommand } from './action';
import { formAction as formOfCommand } from './form-action';

type Inline<N extends Needs, I extends z.ZodType, R> = {
  permission: N;
  because?: string;
  input?: I;
  run: (input: z.output<I>, caller: Caller<N>) => Promise<R>;
};

const commandOf = <N extends Needs, I extends z.ZodType, R>({ input, ...rest }: Inline<N, I, R>) =>
  command({
    ...rest,
    name: 'inline',
    because: rest.because ?? '',
    input: (input ?? noInput) as I,
    output: {} as z.ZodType<R>,
  });

export const action = <N extends Needs, R, I extends z.ZodType = typeof noInput>(
  definition: Inline<N, I, R>,
) => ofCommand(commandOf(definition));
export const formAction = <N extends Needs, R, I extends z.ZodType>(definition: Inline<N, I, R>) =>
  formOfCommand(commandOf(definition));
