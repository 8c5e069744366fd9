import 'server-only';
import { z } from 'zod';
import type { Needs, Visitor } from '@/lib/commands/caller';
import { may } from '@/lib/commands/authorize';
import type { Command } from '@/lib/commands/command';
import { runCommand } from '@/lib/commands/run-command';
import { withRequestKey } from '@/lib/operations/request-key';
import { startedOperation } from '@/lib/operations/schema';
import { findByRequestKey } from '@/lib/operations/store';
import { remember } from '@/lib/remember';

const requestKey = z.string().regex(/^[\w-]{16,64}$/);

/** Answers that a replay may still ask for; older ones are found by their operation. */
const keptAnswers = 500;

const answers = () => remember('answers', () => new Map<string, Promise<unknown>>());

/**
 * Runs a command once for each key that a user gives: the connection can be lost when the request has arrived and its
 * answer has not, and browsers, proxies and people then send it again. Without a key it is run each time.
 */
export async function runOnce<N extends Needs, I extends z.ZodType, O extends z.ZodType>(
  command: Command<N, I, O>,
  caller: Visitor,
  read: () => unknown,
  given: unknown,
): Promise<z.output<O>> {
  const parsed = requestKey.safeParse(given);
  // Also where it is denied: that is in the audit log.
  if (!parsed.success || !caller.user || !may(caller.user, command.permission))
    return runCommand(command, caller, read);
  const key = `${caller.user.id} ${command.name} ${parsed.data}`;
  const kept = answers();
  const known = kept.get(key);
  if (known) return known as Promise<z.output<O>>;
  const answer = (async () => {
    if (command.output !== (startedOperation as z.ZodType)) return runCommand(command, caller, read);
    const id = await findByRequestKey(key);
    if (id) return { id } as z.output<O>;
    return withRequestKey(key, () => runCommand(command, caller, read));
  })();
  kept.set(key, answer);
  for (const oldest of kept.keys()) {
    if (kept.size <= keptAnswers) break;
    kept.delete(oldest);
  }
  answer.catch(() => kept.delete(key)); // nothing was started
  return answer;
}
