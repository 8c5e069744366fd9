import 'server-only';
import type { z } from 'zod';
import { authorize, authorizeDemand, may } from './authorize';
import type { CallerOf, Needs, Visitor } from './caller';
import type { Command } from './command';
import { parseInput } from './parse-input';

/**
 * The only way to run a command. `read` is called after the permission check: without it, the input is not validated.
 */
export async function runCommand<N extends Needs, I extends z.ZodType, O extends z.ZodType>(
  command: Command<N, I, O>,
  caller: Visitor,
  read: () => unknown,
): Promise<z.output<O>> {
  authorize(caller.user, command.permission);
  const input = parseInput(command.input, await read());
  for (const demand of (await command.also?.(input)) ?? []) authorizeDemand(caller.user, demand);
  return command.run(input, caller as CallerOf<N>);
}

/** Runs a query as a part of another one; null without its permission. */
export async function askIfAllowed<I extends z.ZodType, O extends z.ZodType>(
  query: Command<Needs, I, O>,
  caller: Visitor,
  input: z.input<I>,
): Promise<z.output<O> | null> {
  return may(caller.user, query.permission) ? runCommand(query, caller, () => input) : null;
}
