import 'server-only';
import type { EngineWork } from '@/lib/engine/types';
import { AppError, asAppError, type ErrorReason } from '@/lib/errors';
import type { OperationEvent, ProgressEvent } from '@/lib/events/events';
import { formatCount } from '@/lib/format/text';
import type { OperationContext } from '@/lib/operations/kinds';
import type { EngineLogin, RegistryAccess } from '@/lib/registry/access';
import type { TransferAnswer } from '@/lib/registry/ask-transfer';
import { decidedError } from '@/lib/registry/decided';
import { loginForEngine } from '@/lib/registry/engine-login';
import { backoff, maxRetries, reasonText, transientReason, wait } from './retry';

/** A registry that asks for more is not waited for. */
const longestWaitSeconds = 600;

/** A push or a pull. */
interface Transfer<R> {
  /** The step of the engine's transfer; retries go on in it. */
  step: 'push' | 'pull';
  access: RegistryAccess;
  start: (login: EngineLogin | null, signal: AbortSignal) => EngineWork<R>;
  /** Why the registry does not serve it, as it answers to the same requests from here. */
  findAnswer: (stuckBytes: number | null, signal: AbortSignal) => Promise<TransferAnswer | null>;
  /** Whether the registry still accepts the login for it. */
  isAllowed: (signal: AbortSignal) => Promise<boolean>;
}

/** What is known of the layers, over all tries. */
class Layers {
  private readonly retrying = new Map<string, ProgressEvent>();
  private accepted = false;
  /** The step has begun. */
  seen = false;

  see(bar: OperationEvent): void {
    this.seen ||= bar.type === 'step';
    if (bar.type !== 'progress') return;
    if (bar.retrying) this.retrying.set(bar.id, bar);
    else if (bar.state !== 'active' || bar.current) this.retrying.delete(bar.id);
    this.accepted ||= bar.state === 'active' ? Boolean(bar.current) : bar.state !== 'waiting';
  }

  /** Some engines try a layer five times themselves, for most of a minute. */
  get engineGaveUp(): boolean {
    return this.retrying.size > 0;
  }

  /** Bytes of the largest layer that does not get through; null if unknown. */
  get stuckBytes(): number | null {
    const sizes = [...this.retrying.values()].map(({ total }) => total ?? 0);
    return Math.max(0, ...sizes) || null;
  }

  /** The registry accepted the login in this try: layers, or bytes of one, got through or were there. */
  get gotThrough(): boolean {
    return this.accepted;
  }

  beginTry(): void {
    this.retrying.clear();
    this.accepted = false;
  }
}

async function* watched<R>(work: EngineWork<R>, see: (event: OperationEvent) => void): EngineWork<R> {
  try {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
      see(next.value);
      yield next.value;
    }
  } finally {
    await work.return(undefined as R); // a reader who leaves ends the work
  }
}

interface Attempt<R> extends Transfer<R> {
  layers: Layers;
  signal: AbortSignal;
  pipe: OperationContext['pipe'];
}

/**
 * The engine's transfer. Where the engine tries a layer again by itself it says no reason, and goes on for most of a
 * minute: the registry is asked at once, and a transfer that it decides against is ended.
 */
async function transferOnce<R>({ access, start, findAnswer, layers, signal, pipe }: Attempt<R>): Promise<R> {
  const stop = new AbortController();
  const over = new AbortController();
  const login = await loginForEngine(access);
  let asked: Promise<void> | null = null;
  const ask = async () => {
    const ended = AbortSignal.any([signal, over.signal]);
    const answer = await findAnswer(layers.stuckBytes, ended).catch(() => null);
    const refusal = answer && decidedError(answer.status, access.host);
    if (refusal) stop.abort(refusal);
  };
  const see = (event: OperationEvent) => {
    layers.see(event);
    if (event.type === 'progress' && event.retrying) asked ??= ask();
  };
  const both = AbortSignal.any([signal, stop.signal]);
  try {
    return await pipe(watched(start(login, both), see));
  } catch (error) {
    if (stop.signal.aborted && !signal.aborted) throw stop.signal.reason;
    throw error;
  } finally {
    over.abort();
  }
}

/** Why another try may succeed; null if it cannot. */
async function retryReason<R>(error: AppError, attempt: Attempt<R>): Promise<ErrorReason | null> {
  if (attempt.signal.aborted) return null;
  if (error.reason?.kind !== 'unauthorized') return transientReason(error);
  // The registry took the login at first, and still does: it is the token that has ended.
  const { access, isAllowed, layers, signal } = attempt;
  if (!access.credentials || !layers.gotThrough) return null;
  return (await isAllowed(signal)) ? error.reason : null;
}

function givenUp<R>(error: AppError, reason: ErrorReason, retries: number, attempt: Attempt<R>): AppError {
  const { step, access } = attempt;
  const expired = reason.kind === 'unauthorized';
  const cause = expired
    ? `The token that ${access.host} gave for the ${step} expired before its end.`
    : error.message;
  const hint = expired
    ? 'Ask the operator of the registry for tokens that last longer, or make the layers smaller.'
    : error.hint;
  const message = `${cause} Given up after ${formatCount(retries, 'retry', 'retries')}.`;
  const code = expired ? 'registry_failed' : error.code;
  return new AppError(code, message, { hint, reason, cause: error.cause });
}

/** Seconds to wait, or an error where the registry asks for too long. */
function pauseBefore(
  retry: number,
  reason: ErrorReason,
  answer: TransferAnswer | null,
  { step, access }: Pick<Transfer<unknown>, 'step' | 'access'>,
): number {
  if (reason.kind === 'unauthorized') return 0;
  const asked = answer?.retryAfterSeconds ?? null;
  if (asked === null) return backoff(retry);
  if (asked <= longestWaitSeconds) return Math.max(asked, 1);
  const hours = asked / 3600;
  const words = hours >= 1 ? `${Math.round(hours)} h` : `${Math.round(asked / 60)} min`;
  throw new AppError('registry_failed', `${access.host} asks to retry in ${words}.`, {
    hint: `${step === 'push' ? 'Push' : 'Pull'} again then.`,
  });
}

async function tryRepeatedly<R>({ emit }: OperationContext, attempt: Attempt<R>): Promise<R> {
  const { step, access, findAnswer, layers, signal } = attempt;
  let limit = maxRetries;
  for (let retries = 0; ;) {
    layers.beginTry();
    try {
      return await transferOnce(attempt);
    } catch (thrown) {
      const error = asAppError(thrown);
      const reason = await retryReason(error, attempt);
      if (reason === null) throw error;
      if (retries >= limit) throw givenUp(error, reason, retries, attempt);
      retries++;
      // What the engine itself tried five times gets one more round.
      if (layers.engineGaveUp) limit = Math.min(limit, retries);
      const answer = await findAnswer(layers.stuckBytes, signal);
      const refusal = answer && decidedError(answer.status, access.host);
      if (refusal) throw refusal;
      const seconds = pauseBefore(retries, reason, answer, attempt);
      const text = `Retry ${retries}/${limit} in ${seconds} s – ${reasonText(reason)}\n`;
      await emit({ type: 'log', step, stream: 'stderr', at: Date.now(), text });
      await emit({ type: 'step', step, completed: null, error: null });
      await wait(seconds, signal);
    }
  }
}

/** The engine's transfer, again where the registry may do better the next time. Layers that arrived are kept. */
export async function withRetries<R>(context: OperationContext, transfer: Transfer<R>): Promise<R> {
  const layers = new Layers();
  const { signal, pipe } = context;
  try {
    return await tryRepeatedly(context, { ...transfer, layers, signal, pipe });
  } catch (thrown) {
    // In place of the engine's own words.
    const error = asAppError(thrown);
    if (layers.seen && !signal.aborted)
      await context.emit({ type: 'step', step: transfer.step, completed: Date.now(), error: error.message });
    throw error;
  }
}
