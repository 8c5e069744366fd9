import type { ActionResult } from '@/lib/actions/result';
import { answered } from './answered';

/** Where an answer was lost, the same call within this time asks for that answer. */
const sameCallMs = 2 * 60 * 1000;

interface Call {
  key: string;
  at: number;
}

const unanswered = new Map<unknown, Map<string, Call>>();

/** Not crypto.randomUUID: pages that come by plain HTTP have none. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/**
 * Calls a server action that starts something, with a key by which the server knows a repeated request: the same until
 * the server has answered.
 */
export async function startOnce<I, R>(
  start: (input: I, requestKey?: string) => Promise<ActionResult<R>>,
  input: I,
): Promise<ActionResult<R>> {
  const calls = unanswered.get(start) ?? new Map<string, Call>();
  unanswered.set(start, calls);
  const name = JSON.stringify(input);
  const now = Date.now();
  const before = calls.get(name);
  const call = before && now - before.at < sameCallMs ? before : { key: newKey(), at: now };
  calls.set(name, call);
  const answer = await answered(start)(input, call.key);
  if (answer.ok || answer.code !== 'unreachable') calls.delete(name);
  return answer;
}
