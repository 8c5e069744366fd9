import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { askForPassword } from './password-prompt';
import type { ActionFailure, ActionResult } from '@/lib/actions/result';

/** The request or its answer was lost: the network, the proxy or the server failed. */
export const unreachable: ActionFailure = {
  ok: false,
  code: 'unreachable',
  message: 'The server did not answer.',
  hint: 'Nothing on this page is lost. Check the connection and try again.',
};

const updated: ActionFailure = {
  ok: false,
  code: 'conflict',
  message: 'The server was updated after this page was loaded.',
  hint: 'Copy what you typed, then reload the page.',
};

/** An error that the server logged, with the id of its entry. */
const failed = (digest: unknown): ActionFailure => ({
  ok: false,
  code: 'internal',
  message: 'An unexpected error occurred on the server.',
  hint: `See the server log for details, error id ${String(digest)}.`,
});

function failureOf(thrown: unknown): ActionFailure {
  unstable_rethrow(thrown); // redirect() and notFound() throw errors that Next handles
  if (unstable_isUnrecognizedActionError(thrown)) return updated;
  if (thrown instanceof Error && 'digest' in thrown) return failed(thrown.digest);
  return { ...unreachable };
}

/**
 * A server action as client components must call it: where the request fails, the result is a failure, too. An action
 * by itself throws then, and the error page replaces the form and what was typed. Where the password is needed, it is asked
 * for, and the action called again.
 */
export function answered<Input extends unknown[], R>(
  action: (...input: Input) => Promise<ActionResult<R>>,
): (...input: Input) => Promise<ActionResult<R>> {
  // Rendered on the server, a form needs the action itself, which works without JavaScript.
  if (typeof window === 'undefined') return action;
  return async (...input) => {
    try {
      const result = await action(...input);
      if (result.ok || result.code !== 'password_needed' || !(await askForPassword())) return result;
      return await action(...input);
    } catch (thrown) {
      return failureOf(thrown);
    }
  };
}
