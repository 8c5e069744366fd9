/** Every error that a person may see has one of these codes; the table gives its HTTP status and its default words. */
export const errorTable = {
  invalid_input: { status: 422, message: 'Something in the input is not valid.' },
  unauthenticated: { status: 401, message: 'Please sign in.' },
  forbidden: { status: 403, message: 'You may not do this.' },
  not_found: { status: 404, message: 'There is nothing here (any more).' },
  conflict: { status: 409, message: 'Something else changed in the meantime.' },
  too_large: { status: 413, message: 'This is larger than the limit.' },
  misdirected: { status: 421, message: 'This host name is not one that the server answers to.' },
  rate_limited: { status: 429, message: 'Too many attempts. Please wait.' },
  engine_unreachable: { status: 503, message: 'The Docker Engine does not answer.' },
  engine_denied: { status: 503, message: 'The Docker Engine refuses permission.' },
  engine_rejected: { status: 502, message: 'The Docker Engine refused the request.' },
  registry_unreachable: { status: 502, message: 'The registry does not answer.' },
  registry_denied: { status: 502, message: 'The registry refused the login.' },
  registry_failed: { status: 502, message: 'The registry failed.' },
  build_failed: { status: 200, message: 'The build failed.' },
  cancelled: { status: 200, message: 'Cancelled.' },
  interrupted: { status: 200, message: 'Interrupted.' },
  storage_full: { status: 507, message: 'There is no room left on the disk.' },
  internal: { status: 500, message: 'Something went wrong on the server.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof errorTable;

export interface ErrorDetails {
  /** Messages by form field, for invalid_input. */
  fields?: Record<string, string>;
  /** What the user can do about it, one sentence. */
  hint?: string;
  /** The original error: for the server's log, never shown. */
  cause?: unknown;
}

/** The one error type that crosses a domain's border. Its message is safe to show. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields?: Record<string, string>;
  readonly hint?: string;

  /**
   * Next bundles pages, actions and the start-up apart, each with a copy of this class: `instanceof` must know the errors
   * of all of them, or what a start-up's code throws is `internal` to an action's.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AppError' && 'code' in value;
  }

  constructor(code: ErrorCode, message: string = errorTable[code].message, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = details.fields;
    this.hint = details.hint;
  }
}

/** An AppError of whatever was thrown. Unknown errors become `internal` with the original kept as cause. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError('internal', undefined, { cause: thrown });
}

/** The message of anything thrown, for logs and for wrapping. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
