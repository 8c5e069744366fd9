import 'server-only';
import { z } from 'zod';
import type { CallerOf, Needs } from './caller';
import type { Demand } from './authorize';

/** A use case: who may do it, what it takes, what it answers. Server actions and routes are adapters of it. */
export interface Command<
  N extends Needs = Needs,
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  /** `domain.verb`, unique. */
  readonly name: string;
  readonly permission: N;
  /** Why it needs no permission. */
  readonly because?: string;
  /** It only reads: repeating it, or giving up on it, does no harm. */
  readonly readOnly: boolean;
  readonly input: I;
  readonly output: O;
  /** What this input asks for beside `permission`. */
  also?(input: z.output<I>): readonly Demand[] | Promise<readonly Demand[]>;
  /** Trusts its input and its caller: called by `runCommand` only. */
  run(input: z.output<I>, caller: CallerOf<N>): Promise<z.output<O>> | z.output<O>;
}

type Definition<N extends Needs, I extends z.ZodType, O extends z.ZodType> = Pick<
  Command<N, I, O>,
  'name' | 'permission' | 'also' | 'output' | 'run'
> & { input?: I } & (N extends 'public' | 'signed-in' ? { because: string } : unknown);

/** Of a command that needs no input. */
const noInput = z.object({}).prefault({});
export const noOutput = z.void();

function define<N extends Needs, I extends z.ZodType, O extends z.ZodType>(
  { input, ...definition }: Definition<N, I, O>,
  readOnly: boolean,
): Command<N, I, O> {
  return { ...definition, readOnly, input: (input ?? noInput) as unknown as I };
}

/** Changes something. */
export const command = <N extends Needs, O extends z.ZodType, I extends z.ZodType = typeof noInput>(
  definition: Definition<N, I, O>,
): Command<N, I, O> => define(definition, false);

/** Reads something. */
export const query = <N extends Needs, O extends z.ZodType, I extends z.ZodType = typeof noInput>(
  definition: Definition<N, I, O>,
): Command<N, I, O> => define(definition, true);
