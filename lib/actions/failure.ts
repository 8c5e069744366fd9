import 'server-only';
import { AppError, asAppError, errorTable } from '@/lib/errors';
import { newId } from '@/lib/ids';
import type { ActionFailure } from './result';

/**
 * The error for the user. Unexpected errors are logged in full, and the user gets a number that identifies the log
 * entry.
 */
export function failureOf(thrown: unknown, where: string): ActionFailure {
  let error = asAppError(thrown);
  if (error.code === 'internal') {
    const id = newId();
    console.error(`[${id}] ${where}:`, thrown instanceof AppError ? (thrown.cause ?? thrown) : thrown);
    const message = thrown instanceof AppError ? error.message : errorTable.internal.message;
    error = new AppError('internal', message, {
      hint: error.hint ?? `See the server log for details, error id ${id}.`,
    });
  }
  const { code, message, hint, fields } = error;
  return { ok: false, code, message, ...(hint && { hint }), ...(fields && { fields }) };
}
