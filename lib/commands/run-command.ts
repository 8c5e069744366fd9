import 'server-only';
import type { z } from 'zod';
import { openAudit } from './audit';
import { authorize, authorizeDemand, may, permissionOf } from './authorize';
import type { CallerOf, Needs, Visitor } from './caller';
import type { Command } from './command';
import { parseInput } from './parse-input';
import { requireProof } from './proof';

/**
 * The only way to run a command. `read` is called after the permission check: without it, the input is not validated.
 * What changes something is in the audit log before it is run, and is not run if that fails.
 */
export async function runCommand<N extends Needs, I extends z.ZodType, O extends z.ZodType>(
  command: Command<N, I, O>,
  caller: Visitor,
  read: () => unknown,
): Promise<z.output<O>> {
  const audit = openAudit(command, caller);
  let input: z.output<I>;
  try {
    authorize(caller.user, command.permission);
    input = parseInput(command.input, await read());
    await audit.readTarget(input);
    const demands = (await command.also?.(input)) ?? [];
    for (const demand of demands) authorizeDemand(caller.user, demand);
    const onHost = demands.some((demand) => permissionOf(demand) === 'host:use');
    if (command.dangerous === true || (command.dangerous === 'on-host' && onHost)) requireProof(caller.user);
  } catch (refusal) {
    await audit.refuse(refusal);
    throw refusal;
  }
  await audit.begin();
  let output: z.output<O>;
  try {
    output = await command.run(input, caller as CallerOf<N>);
  } catch (failure) {
    await audit.end(failure);
    throw failure;
  }
  await audit.end(null, output);
  return output;
}

/** The permission check of requests with a protocol of their own; denied ones are in the audit log. */
export async function authorizeRequest(
  request: Pick<Command, 'name' | 'permission'>,
  caller: Visitor,
): Promise<void> {
  try {
    authorize(caller.user, request.permission);
  } catch (refusal) {
    await openAudit({ ...request, readOnly: false }, caller).refuse(refusal);
    throw refusal;
  }
}

/** Runs a query as a part of another one; null without its permission. */
export async function askIfAllowed<I extends z.ZodType, O extends z.ZodType>(
  query: Command<Needs, I, O>,
  caller: Visitor,
  input: z.input<I>,
): Promise<z.output<O> | null> {
  return may(caller.user, query.permission) ? runCommand(query, caller, () => input) : null;
}
