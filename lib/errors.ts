/** The codes of all errors that a user can see, with their HTTP status and default message. */
export const errorTable = {
  invalid_input: { status: 422, message: 'The input is not valid.' },
  unauthenticated: { status: 401, message: 'Sign in first.' },
  forbidden: { status: 403, message: 'Your role does not allow this.' },
  /** A dangerous act: the page asks for the password, and repeats the request. */
  password_needed: { status: 403, message: 'Enter your password to do this.' },
  not_found: { status: 404, message: 'Not found.' },
  conflict: { status: 409, message: 'It was changed by someone else in the meantime.' },
  too_large: { status: 413, message: 'This is larger than the limit.' },
  misdirected: { status: 421, message: 'The server does not accept this host name.' },
  rate_limited: { status: 429, message: 'Too many attempts. Try again later.' },
  engine_unreachable: { status: 503, message: 'The Docker Engine does not answer.' },
  engine_denied: { status: 503, message: 'The Docker Engine denies access.' },
  engine_rejected: { status: 502, message: 'The Docker Engine refused the request.' },
  engine_full: { status: 507, message: 'The disk of the Docker Engine is full.' },
  registry_unreachable: { status: 502, message: 'The registry does not answer.' },
  registry_denied: { status: 502, message: 'The registry refused the login.' },
  registry_failed: { status: 502, message: 'The registry failed.' },
  build_failed: { status: 200, message: 'The build failed.' },
  cancelled: { status: 200, message: 'Cancelled.' },
  interrupted: { status: 200, message: 'Interrupted.' },
  storage_full: { status: 507, message: 'The disk is full.' },
  storage_busy: { status: 503, message: 'The database is busy.' },
  storage_failed: { status: 500, message: 'The database cannot be used.' },
  /** Only in the browser: the request or its answer was lost. */
  unreachable: { status: 503, message: 'The server did not answer.' },
  internal: { status: 500, message: 'An unexpected error occurred on the server.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof errorTable;

/** Machine-readable reason; the message is for people. */
export type ErrorReason =
  /** An answer of the engine, or of a registry through it. `words`: its text, unchanged. */
  | { kind: 'status'; status: number; words: string }
  | { kind: 'timeout' | 'connection-lost' | 'tls' | 'plain-http' | 'unsupported' | 'unauthorized' };

export interface ErrorDetails {
  /** Messages by form field, for invalid_input. */
  fields?: Record<string, string>;
  /** What the user can do, in one imperative sentence. */
  hint?: string;
  reason?: ErrorReason;
  /** The original error: for the server's log, never shown. */
  cause?: unknown;
}

/** The only error type that leaves a room of lib. Its message is safe to show. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields?: Record<string, string>;
  readonly hint?: string;
  readonly reason?: ErrorReason;

  /**
   * Next bundles pages, actions and start-up separately, each with its own copy of this class. `instanceof` must recognise * the errors of all copies; otherwise an error of start-up code is `internal` in an action.
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
    this.reason = details.reason;
  }
}

/** What SQLite and the file system say of the data directory: codes of their own errors. */
const storageErrors: readonly { pattern: RegExp; code: ErrorCode; message: string; hint: string }[] = [
  {
    pattern: /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)$/,
    code: 'storage_full',
    message: 'The server’s disk is full.',
    hint: 'Free disk space on the server, then try again.',
  },
  {
    pattern: /^SQLITE_BUSY/,
    code: 'storage_busy',
    message: 'The database is busy: another program has locked it.',
    hint: 'Try again in a moment. If it stays so, end the program that has opened the database.',
  },
  {
    pattern: /^SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)/,
    code: 'storage_failed',
    message: 'The database cannot be read or written.',
    hint: 'Look at the server’s disk and its log.',
  },
];

/** An error of SQLite or the file system, or of Prisma's adapter, or Prisma's own around that. */
interface CodedError {
  code?: unknown;
  cause?: { originalCode?: unknown };
  meta?: { driverAdapterError?: CodedError };
}

/** The AppError of a full disk or a database that cannot be used now, also where Prisma wraps it; null for others. */
export function storageErrorOf(thrown: unknown): AppError | null {
  if (!(thrown instanceof Error)) return null;
  if (thrown instanceof AppError) return thrown.code.startsWith('storage_') ? thrown : null;
  const { code, meta, cause } = thrown as CodedError;
  const original = (meta?.driverAdapterError?.cause ?? cause)?.originalCode ?? code;
  const rule = storageErrors.find(({ pattern }) => typeof original === 'string' && pattern.test(original));
  if (rule) return new AppError(rule.code, rule.message, { hint: rule.hint, cause: thrown });
  return storageErrorOf(cause);
}

/** Turns anything thrown into an AppError; unknown errors become `internal`, with the original as cause. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return storageErrorOf(thrown) ?? new AppError('internal', undefined, { cause: thrown });
}

/** The message of anything thrown, for logs and for wrapping. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
