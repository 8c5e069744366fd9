import 'server-only';
import { z } from 'zod';
import type { CallerOf, Needs } from './caller';
import type { Demand } from './authorize';

/** What a command works on, for the audit log; or the reason why only denied and failed inputs are in it. */
type Audited<Input> = ((input: Input) => string | Promise<string>) | { readonly none: string };

/**
 * On a full disk, what has no entry in the audit log is refused. Not so what helps: `reserve`: it frees space, and its entry
 * and what it stores take the space that is kept for it (lib/db/reserve.ts). `run`: it only stops work, and is run also
 * where nothing can be stored any more; its outcome is stored as soon as it can be.
 */
type OnFullDisk = 'reserve' | 'run';

/** A use case: permission, input and output. Server actions and routes are adapters of it. */
export interface Command<
  N extends Needs = Needs,
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  /** `domain.verb`, unique. */
  readonly name: string;
  readonly permission: N;
  /** Reason, if it needs no permission. */
  readonly because?: string;
  /** Only reads: can be repeated and aborted. */
  readonly readOnly: boolean;
  readonly input: I;
  readonly output: O;
  /** Additional permissions for this input. */
  also?(input: z.output<I>): readonly Demand[] | Promise<readonly Demand[]>;
  /** Default: the ids and names of the input (lib/audit/target.ts). Never a value or a secret. */
  readonly audit?: Audited<z.output<I>>;
  readonly onFullDisk?: OnFullDisk;
  /**
   * Is done only soon after its user has entered the password (lib/commands/proof.ts): always, or where its input reaches the
   * engine's host, so that it needs `host:use`.
   */
  readonly dangerous?: true | 'on-host';
  /** Requires validated input and an authorized caller: called only by `runCommand`. */
  run(input: z.output<I>, caller: CallerOf<N>): Promise<z.output<O>> | z.output<O>;
}

type Definition<N extends Needs, I extends z.ZodType, O extends z.ZodType> = Pick<
  Command<N, I, O>,
  'name' | 'permission' | 'also' | 'audit' | 'onFullDisk' | 'dangerous' | 'output' | 'run'
> & { input?: I } & (N extends 'public' | 'signed-in' ? { because: string } : unknown);

/** Input of commands without input. */
const noInput = z.object({}).prefault({});
export const noOutput = z.void();

function define<N extends Needs, I extends z.ZodType, O extends z.ZodType>(
  { input, ...definition }: Definition<N, I, O>,
  readOnly: boolean,
): Command<N, I, O> {
  return { ...definition, readOnly, input: (input ?? noInput) as unknown as I };
}

/** A use case that changes data. */
export const command = <N extends Needs, O extends z.ZodType, I extends z.ZodType = typeof noInput>(
  definition: Definition<N, I, O>,
): Command<N, I, O> => define(definition, false);

/** A use case that only reads. */
export const query = <N extends Needs, O extends z.ZodType, I extends z.ZodType = typeof noInput>(
  definition: Definition<N, I, O>,
): Command<N, I, O> => define(definition, true);
