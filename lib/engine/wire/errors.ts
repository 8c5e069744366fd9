import { env } from '@/lib/env';
import { AppError, messageOf, type ErrorCode } from '@/lib/errors';
import { type ErrorRule, matchRule } from '@/lib/errors/rules';

/** All handling of status codes and errno of the engine's connection is in this file. */

const stalledName = 'TimeoutError';

/** An answer of an unexpected shape. */
export const unreadable = (cause: unknown) =>
  new AppError('engine_rejected', 'The engine sent an unreadable response.', {
    hint: 'Check the log of the engine; another version of it may help.',
    cause,
  });

export const cancelled = (message = 'Cancelled.') => new AppError('cancelled', message);

/** True for a call that timed out: the engine is reachable but does not answer. */
export const isStalled = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'engine_unreachable' && error.reason?.kind === 'timeout';

/** The engine's own message if it answered with an error; otherwise the error's message. */
export const wordsOf = (error: AppError): string =>
  error.reason?.kind === 'status' ? error.reason.words : error.message;

/** Whether the engine answered and refused what it was asked to do. */
export const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'engine_rejected' || error.code === 'not_found');

/** null for an answer of status 404. Other errors are thrown. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

/** Capitalizes the first letter and adds a full stop. */
export function sentence(words: string): string {
  const text = words.trim().replace(/^Error response from daemon: /, '');
  if (!text) return '';
  const upper = text[0]!.toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(upper) ? upper : `${upper}.`;
}

const noRoom: ErrorRule = {
  pattern: /no space left on device|ENOSPC|disk quota exceeded/i,
  code: 'engine_full',
  message: "The engine's disk is full.",
  hint: 'Remove unused images and build cache, or add disk space to the data root of the engine.',
};

/** The error of a message that means a full disk, or null. */
export const storageError = (words: string): AppError | null => matchRule([noRoom], words);

const codeOfStatus: Record<number, ErrorCode> = {
  400: 'engine_rejected',
  404: 'not_found',
  409: 'conflict',
};

/** Podman answers conflicts with status 500. */
const podmanConflict: ErrorRule = {
  pattern: /please force removal|image is in use by|image used by/i,
  code: 'conflict',
  message: '{words}',
};

/** The error of an answer of the engine that is not a success. */
export function engineError(status: number, words: string): AppError {
  const text = sentence(words) || `The engine answered with status ${status}.`;
  const cause = new Error(`HTTP ${status}: ${words}`);
  const reason = { kind: 'status', status, words } as const;
  return (
    matchRule([noRoom, podmanConflict], words, { values: { words: text }, cause, reason }) ??
    new AppError(codeOfStatus[status] ?? 'engine_rejected', text, { cause, reason })
  );
}

interface NodeError {
  name?: string;
  code?: string;
  message?: string;
  level?: string;
}

function denied(address: string, cause: unknown): AppError {
  return new AppError('engine_denied', `Permission denied on ${address.replace('unix://', '')}.`, {
    hint: "Add the user that runs Layerwright to the group that owns the engine's socket, then restart Layerwright.",
    cause,
  });
}

function away(message: string, hint: string, cause: unknown): AppError {
  return new AppError('engine_unreachable', message, { hint, cause });
}

function startIt(address: string): string {
  const { privateEngine, gate } = env();
  if (address === privateEngine)
    return '`npm start` restarts its private engine by itself. If it stays away, its console says why.';
  if (address === gate)
    return 'This is the gate before the engine. `npm start` restarts it by itself; elsewhere start it with `node bin/gate.js`.';
  return 'Start it (`sudo systemctl start docker`), or set its address in LAYERWRIGHT_ENGINE.';
}

/** The body of an answer that is not a success. `gate`: the gate (bin/gate) has given it in place of the engine. */
export interface FailureBody {
  message?: unknown;
  gate?: unknown;
}

/** The error of a body of the gate; null for the engine's own. */
function gateError({ message, gate }: FailureBody, address: string): AppError | null {
  const words = String(message);
  switch (gate) {
    case 'refused':
      return new AppError('forbidden', words, {
        hint: 'The operator of the engine’s machine decides what the gate lets through, with LAYERWRIGHT_GATE_ALLOW.',
      });
    case 'denied':
      return new AppError('engine_denied', words, {
        hint: "Add the user that runs the gate to the group that owns the engine's socket, then restart the gate.",
      });
    case 'unreachable':
      return away(words, startIt(address), undefined);
    default:
      return null;
  }
}

/** The error of an answer that is not a success, of the engine or of the gate. */
export const failure = (status: number, body: FailureBody, address: string): AppError =>
  gateError(body, address) ?? engineError(status, typeof body.message === 'string' ? body.message : '');

function ofErrno(error: NodeError, address: string): AppError | null {
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return denied(address, error);
    case 'ENOENT':
      return away(`There is no engine at ${address}.`, startIt(address), error);
    case 'ECONNREFUSED':
      return away(
        `Connection refused by ${address}.`,
        `${startIt(address)} If the socket is mounted into a container, mount its folder instead, or restart the container.`,
        error,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return away(
        `Cannot resolve the host name in ${address}.`,
        'Check LAYERWRIGHT_ENGINE or DOCKER_HOST.',
        error,
      );
    case 'EPROTO':
      return away(
        `The TLS connection to ${address} failed.`,
        'DOCKER_TLS_VERIFY and port 2376 ask for TLS: check that the engine uses TLS there.',
        error,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return away(`${address} is unreachable.`, "Check the network and the host's firewall.", error);
    default:
      return null;
  }
}

/** The error of a failed connection. An AppError is returned unchanged. */
export function connectionError(thrown: unknown, address: string, signal?: AbortSignal): AppError {
  if (thrown instanceof AppError) return thrown;
  const reason: unknown = signal?.aborted ? signal.reason : thrown;
  if (reason instanceof AppError) return reason;
  const error = (reason ?? {}) as NodeError;
  if (error.name === stalledName) {
    return new AppError('engine_unreachable', 'The engine does not answer in time.', {
      hint: 'It may be busy or hang; check its log.',
      reason: { kind: 'timeout' },
      cause: error,
    });
  }
  if (signal?.aborted) return cancelled();
  const known = ofErrno(error, address);
  if (known) return known;
  if (error.level === 'client-authentication') return denied(address, error);
  if (/CERT|SIGNATURE|^ERR_(?:TLS|SSL|OSSL)/.test(error.code ?? '')) {
    return away(
      `The certificate of ${address} is not accepted (${messageOf(error)}).`,
      'Put ca.pem, cert.pem and key.pem into the folder that DOCKER_CERT_PATH names.',
      error,
    );
  }
  return away(
    'The connection to the engine was lost.',
    'Check that the engine is running, then try again.',
    error,
  );
}
