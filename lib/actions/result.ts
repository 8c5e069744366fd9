import type { ErrorCode } from '@/lib/errors';

export interface ActionFailure {
  ok: false;
  code: ErrorCode;
  message: string;
  hint?: string;
  /** Messages by field path; `tags.0` for a list entry. */
  fields?: Record<string, string>;
}

/** The result of a server action, which does not throw. */
export type ActionResult<R> = { ok: true; data: R } | ActionFailure;
