import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { pushImage } from '@/lib/engine/images/push';
import type { PushResult } from '@/lib/engine/images/types';
import type { EngineWork } from '@/lib/engine/types';
import { AppError, asAppError, type ErrorReason } from '@/lib/errors';
import type { OperationEvent, ProgressEvent } from '@/lib/events/events';
import { formatCount } from '@/lib/format/text';
import type { OperationContext } from '@/lib/operations/kinds';
import { formatReference, type Reference } from '@/lib/references/reference';
import type { RegistryAccess } from '@/lib/registry/access';
import { findPushAnswer, mayPush, type PushAnswer } from '@/lib/registry/ask-push';
import { decidedError } from '@/lib/registry/decided';
import { loginForEngine } from '@/lib/registry/engine-login';
import { backoff, maxRetries, reasonText, transientReason, wait } from './retry';

/** The step of the engine's transfer; retries go on in it. */
const step = 'push';
/** A registry that asks for more is not waited for. */
const longestWaitSeconds = 600;

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

/**
 * The engine's push. Where the engine tries a layer again by itself it says no reason, and goes on for most of a
 * minute: the registry is asked at once, and a push that it decides against is ended.
 */
async function pushOnce(
  engine: Engine,
  { reference, access, layers, signal, pipe }: PushTry,
): Promise<PushResult> {
  const stop = new AbortController();
  const over = new AbortController();
  const login = await loginForEngine(access);
  let asked: Promise<void> | null = null;
  const ask = async () => {
    const ended = AbortSignal.any([signal, over.signal]);
    const answer = await findPushAnswer(access, reference, layers.stuckBytes, ended).catch(() => null);
    const refusal = answer && decidedError(answer.status, access.host);
    if (refusal) stop.abort(refusal);
  };
  const see = (event: OperationEvent) => {
    layers.see(event);
    if (event.type === 'progress' && event.retrying) asked ??= ask();
  };
  const both = AbortSignal.any([signal, stop.signal]);
  try {
    return await pipe(watched(pushImage(engine, formatReference(reference), login, both), see));
  } catch (error) {
    if (stop.signal.aborted && !signal.aborted) throw stop.signal.reason;
    throw error;
  } finally {
    over.abort();
  }
}

interface PushTry {
  reference: Reference;
  access: RegistryAccess;
  layers: Layers;
  signal: AbortSignal;
  pipe: OperationContext['pipe'];
}

/** Why another try may succeed; null if it cannot. */
async function retryReason(error: AppError, attempt: PushTry): Promise<ErrorReason | null> {
  if (attempt.signal.aborted) return null;
  if (error.reason?.kind !== 'unauthorized') return transientReason(error);
  // The registry took the login at first, and still does: it is the token that has ended.
  const { access, reference, layers, signal } = attempt;
  if (!access.credentials || !layers.gotThrough) return null;
  return (await mayPush(access, reference, signal)) ? error.reason : null;
}

function givenUp(error: AppError, reason: ErrorReason, retries: number, host: string): AppError {
  const expired = reason.kind === 'unauthorized';
  const cause = expired ? `The token that ${host} gave for the push expired before its end.` : error.message;
  const hint = expired
    ? 'Ask the operator of the registry for tokens that last longer, or make the layers smaller.'
    : error.hint;
  const message = `${cause} Given up after ${formatCount(retries, 'retry', 'retries')}.`;
  const code = expired ? 'registry_failed' : error.code;
  return new AppError(code, message, { hint, reason, cause: error.cause });
}

/** Seconds to wait, or an error where the registry asks for too long. */
function pauseBefore(retry: number, reason: ErrorReason, answer: PushAnswer | null, host: string): number {
  if (reason.kind === 'unauthorized') return 0;
  const asked = answer?.retryAfterSeconds ?? null;
  if (asked === null) return backoff(retry);
  if (asked <= longestWaitSeconds) return Math.max(asked, 1);
  const hours = asked / 3600;
  const words = hours >= 1 ? `${Math.round(hours)} h` : `${Math.round(asked / 60)} min`;
  throw new AppError('registry_failed', `${host} asks to retry in ${words}.`, { hint: 'Push again then.' });
}

async function tryRepeatedly(context: OperationContext, attempt: PushTry): Promise<PushResult> {
  const { signal, emit } = context;
  const { reference, access, layers } = attempt;
  let limit = maxRetries;
  for (let retries = 0; ;) {
    layers.beginTry();
    try {
      return await pushOnce(context.engine, attempt);
    } catch (thrown) {
      const error = asAppError(thrown);
      const reason = await retryReason(error, attempt);
      if (reason === null) throw error;
      if (retries >= limit) throw givenUp(error, reason, retries, access.host);
      retries++;
      // What the engine itself tried five times gets one more round.
      if (layers.engineGaveUp) limit = Math.min(limit, retries);
      const answer = await findPushAnswer(access, reference, layers.stuckBytes, signal);
      const refusal = answer && decidedError(answer.status, access.host);
      if (refusal) throw refusal;
      const seconds = pauseBefore(retries, reason, answer, access.host);
      const text = `Retry ${retries}/${limit} in ${seconds} s – ${reasonText(reason)}\n`;
      await emit({ type: 'log', step, stream: 'stderr', at: Date.now(), text });
      await emit({ type: 'step', step, completed: null, error: null });
      await wait(seconds, signal);
    }
  }
}

/** The engine's push, again where the registry may do better the next time. Layers that arrived are not sent twice. */
export async function pushWithRetries(
  context: OperationContext,
  reference: Reference,
  access: RegistryAccess,
): Promise<PushResult> {
  const layers = new Layers();
  try {
    return await tryRepeatedly(context, {
      reference,
      access,
      layers,
      signal: context.signal,
      pipe: context.pipe,
    });
  } catch (thrown) {
    // In place of the engine's own words.
    const error = asAppError(thrown);
    if (layers.seen && !context.signal.aborted)
      await context.emit({ type: 'step', step, completed: Date.now(), error: error.message });
    throw error;
  }
}
