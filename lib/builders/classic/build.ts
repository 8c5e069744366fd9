import 'server-only';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import type { OperationEvent } from '@/lib/events/events';
import { encodeHeader, serverAddress } from '@/lib/engine/images/registry-auth';
import { buildError } from '@/lib/builders/errors';
import { commonQuery } from '@/lib/builders/query';
import type { ImageId } from '@/lib/ids';
import { ClassicTracker } from './events';
import { classicFeatures } from './features';
import { packContext, type SentBytes } from '@/lib/contexts/tar';
import { callStream, type Query } from '@/lib/engine/wire/dial';
import { cancelled, connectionError } from '@/lib/engine/wire/errors';
import { errorOf, readJsonLines } from '@/lib/engine/wire/json-lines';
import { hostsOf } from '@/lib/dockerfiles/bases';
import { classicLineMatcher } from '@/lib/dockerfiles/lines';
import { readPlan } from '@/lib/dockerfiles/stages';
import type { Builder, BuildRequest } from '@/lib/builders/builder';
import { proveImage } from '@/lib/builders/prove-image';
import { engineFacts } from '@/lib/engine/system/status';
import type { EngineFacts, EngineWork } from '@/lib/engine/types';

type Product = EngineFacts['product'];

const contextStep = 'context';
/** ms between two looks at how much of the context went out. */
const uploadPace = 250;

function classicQuery(request: BuildRequest, product: Product): Query {
  // forcerm: without it a failed build leaves its container behind.
  return { ...commonQuery(request, product), version: '1', rm: true, forcerm: true };
}

/** The logins for the hosts that this Dockerfile builds on, and no others. */
async function registryConfig(request: BuildRequest, dockerfile: string): Promise<Record<string, string>> {
  const logins: Record<string, unknown> = {};
  const { buildArgs, target } = request;
  for (const host of hostsOf(readPlan(dockerfile, { buildArgs, target, dialect: classicFeatures.dialect }))) {
    const found = await request.credentials(host);
    if (found) logins[serverAddress(host)] = { ...found, serveraddress: serverAddress(host) };
  }
  return { 'X-Registry-Config': encodeHeader(logins) };
}

/** Waits for the head of the answer; meanwhile tells how much of the context went out. */
async function* upload(
  answer: Promise<Readable>,
  sent: SentBytes,
): AsyncGenerator<OperationEvent, Readable, void> {
  const step = contextStep;
  yield { type: 'step', step, name: 'Send the build context', kind: 'transfer', started: Date.now() };
  let shown = -1;
  let stream: Readable | null = null;
  while (!stream) {
    stream = await Promise.race([answer, setTimeout(uploadPace, null)]);
    if (sent.bytes === shown) continue;
    shown = sent.bytes;
    const state = stream ? ('done' as const) : ('active' as const);
    yield { type: 'progress', step, id: 'context', label: 'Context', state, current: shown, unit: 'bytes' };
  }
  yield { type: 'step', step, completed: Date.now() };
  return stream;
}

async function* follow(
  stream: Readable,
  tracker: ClassicTracker,
): AsyncGenerator<OperationEvent, { imageId: ImageId | null; error: string | null }, void> {
  for await (const record of readJsonLines(stream)) {
    const error = errorOf(record);
    if (error !== null) {
      yield* tracker.fail(error);
      return { imageId: null, error };
    }
    yield* tracker.apply(record);
  }
  yield* tracker.end();
  return { imageId: tracker.imageId(), error: null };
}

const podmanGoesOn = () =>
  new AppError('cancelled', 'Podman cannot stop a running build: the command continues until it exits.', {
    hint: "Stop it on the engine's host if necessary.",
  });

/** Builds with the classic builder: Podman has no other, and Docker still has it. */
async function* buildImage(
  engine: Engine,
  request: BuildRequest,
  product: Product,
  signal: AbortSignal,
): EngineWork<string> {
  if (signal.aborted) throw cancelled();
  const dockerfile = request.dockerfile.bytes.toString('utf8');
  const tracker = new ClassicTracker(classicLineMatcher(dockerfile));
  const context = packContext(request.context, request.dockerfile);
  const over = new AbortController();
  try {
    const answer = callStream(engine, {
      method: 'POST',
      path: '/build',
      query: classicQuery(request, product),
      headers: { 'Content-Type': 'application/x-tar', ...(await registryConfig(request, dockerfile)) },
      file: context.tar,
      signal: AbortSignal.any([signal, over.signal]),
    });
    answer.catch(() => {}); // Awaited below; this is for a reader who leaves before.
    const stream = yield* upload(answer, context.sent);
    const { imageId, error } = yield* follow(stream, tracker);
    if (error !== null) throw await buildError(error, tracker.failed(), request.credentials);
    if (imageId !== null) return imageId;
    throw new AppError('build_failed', 'The engine ended the build without naming an image.', {
      hint: 'Check the log of the engine, then build again.',
    });
  } catch (thrown) {
    if (signal.aborted) throw product === 'podman' ? podmanGoesOn() : cancelled();
    if (context.sent.error) throw context.sent.error;
    const error = connectionError(thrown, engine.address, signal);
    if (error.code !== 'engine_unreachable') throw error;
    const where = tracker.current();
    throw new AppError(
      error.code,
      `The connection to the engine was lost${where ? ` at step ${where}` : ''}.`,
      {
        hint: 'Check that the engine is running, then build again.',
        cause: error,
      },
    );
  } finally {
    over.abort();
    context.tar.destroy();
  }
}

export const classicBuilder: Builder = {
  features: classicFeatures,
  async *build(engine, request, signal) {
    const { product } = await engineFacts(engine);
    return proveImage(engine, yield* buildImage(engine, request, product, signal));
  },
};
