import type { ErrorCode } from '@/lib/errors';

export interface ActionFailure {
  ok: false;
  code: ErrorCode;
  message: string;
  hint?: string;
  /** Messages by path of the field, `tags.0` for one in a list. */
  fields?: Record<string, string>;
}

/** What a server action answers: it does not throw at the browser. */
export type ActionResult<R> = { ok: true; data: R } | ActionFailure;
