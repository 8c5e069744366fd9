import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import type { OperationEvent } from '@/lib/events/events';
import { buildError, shorten } from '@/lib/builders/errors';
import type { ImageId } from '@/lib/ids';
import { BuildTracker } from './events';
import { buildkitFeatures } from './features';
import { checkBuildId, commonQuery } from '@/lib/builders/query';
import { cancelByRequest, notConfirmed, type StoppableRequest } from './cancel';
import { EmptyTraces, stuckInOutput } from './empty-traces';
import { callStream } from '@/lib/engine/wire/dial';
import { cancelled, connectionError } from '@/lib/engine/wire/errors';
import { errorOf, readJsonLines, type JsonRecord } from '@/lib/engine/wire/json-lines';
import { readAhead } from '@/lib/engine/wire/read-ahead';
import { lineMatcher } from '@/lib/dockerfiles/lines';
import type { SyncedDirectory } from './session/file-sync';
import { openSession, type BuildSession } from './session/session';
import { decodeTrace } from './trace';
import type { Builder, BuildRequest } from '@/lib/builders/builder';
import { proveImage } from '@/lib/builders/prove-image';
import type { EngineWork } from '@/lib/engine/types';

const traceId = 'moby.buildkit.trace';

/** Plain texts of the engine that belong to no step. */
const plainStep = 'engine';

/** The Dockerfile under its name, also where it is a link or .dockerignore leaves it out, and its own ignore file. */
function dockerfileDirectory({ context, dockerfile }: BuildRequest): Map<string, Buffer> {
  const { source, text } = context.ignore;
  const own = `${context.dockerfile}.dockerignore`;
  return new Map([
    [context.dockerfile, dockerfile.bytes],
    ...(source === own ? [[own, Buffer.from(text)] as const] : []),
  ]);
}

const openBuildSession = (engine: Engine, request: BuildRequest): Promise<BuildSession> =>
  openSession(engine, {
    sharedKey: request.context.sharedKey,
    credentials: request.credentials,
    secrets: new Map(Object.entries(request.secrets)),
    directories: new Map<string, SyncedDirectory>([
      ['context', { root: request.context.root, ignore: request.context.ignore.rules }],
      ['dockerfile', { files: dockerfileDirectory(request) }],
    ]),
  });

function lost(tracker: BuildTracker, cause: AppError): AppError {
  const step = tracker.running()[0];
  const where = step ? ` at step ${shorten(step)}` : '';
  return new AppError(cause.code, `The connection to the engine was lost${where}.`, {
    hint: 'See whether the engine still runs, then build again.',
    cause,
  });
}

interface Outcome {
  imageId: ImageId | null;
  error: string | null;
}

/** One record: its events go out, its outcome is noted. */
function* take(
  record: JsonRecord,
  tracker: BuildTracker,
  outcome: Outcome,
): Generator<OperationEvent, void, void> {
  const error = errorOf(record);
  if (error !== null) {
    outcome.error = error;
  } else if (record.id === traceId && typeof record.aux === 'string') {
    yield* tracker.apply(decodeTrace(record.aux));
  } else if (record.id === 'moby.image.id') {
    const id = (record.aux as { ID?: unknown } | undefined)?.ID;
    if (typeof id === 'string') outcome.imageId = id;
  } else if (typeof record.stream === 'string') {
    yield { type: 'log', step: plainStep, stream: 'stdout', text: record.stream };
  }
}

async function* follow(
  engine: Engine,
  request: BuildRequest,
  session: BuildSession,
  stop: StoppableRequest,
  tracker: BuildTracker,
): EngineWork<Outcome> {
  const outcome: Outcome = { imageId: null, error: null };
  const stream = await callStream(engine, {
    method: 'POST',
    path: '/build',
    query: {
      ...commonQuery(request, 'docker'),
      version: '2',
      remote: 'client-session',
      session: session.id,
      buildid: checkBuildId(request.buildId),
    },
    signal: stop.signal,
  });
  const empty = new EmptyTraces();
  // An engine that has to wait gathers output meanwhile, and more than 1 MiB at once catches 20.10 in a loop.
  try {
    for await (const record of readJsonLines(readAhead(stream))) {
      if (empty.areEndless(record.id === traceId && record.aux === ''))
        throw stuckInOutput(tracker.running()[0]);
      yield* take(record, tracker, outcome);
      if (outcome.error !== null) break;
    }
  } catch (thrown) {
    const error = connectionError(thrown, engine.address, stop.signal);
    throw error.code === 'engine_unreachable' ? lost(tracker, error) : error;
  }
  yield* tracker.end();
  return outcome;
}

/** Builds with BuildKit through a session of our own; answers with the image's id as the engine reported it. */
async function* buildImage(engine: Engine, request: BuildRequest, signal: AbortSignal): EngineWork<string> {
  if (signal.aborted) throw cancelled();
  const tracker = new BuildTracker(
    lineMatcher(request.dockerfile.bytes.toString('utf8'), {
      buildArgs: request.buildArgs,
      targetPlatform: request.platform,
      target: request.target,
      dialect: buildkitFeatures.dialect,
    }),
  );
  const session = await openBuildSession(engine, request);
  const stop = cancelByRequest(engine, request.buildId, signal);
  try {
    const { imageId, error } = yield* follow(engine, request, session, stop, tracker);
    // Success is success, also when the wish to cancel came in the same moment.
    if (imageId !== null && error === null) return imageId;
    if (signal.aborted) throw cancelled();
    if (error !== null) throw await buildError(error, tracker.failed(), request.credentials);
    throw new AppError('build_failed', 'The engine ended the build without saying how it went.', {
      hint: 'Look into the log of the engine, then build again.',
    });
  } catch (thrown) {
    if (signal.aborted)
      throw stop.confirmed() && thrown instanceof AppError && thrown.code === 'cancelled'
        ? thrown
        : notConfirmed();
    throw thrown;
  } finally {
    stop.release();
    session.close();
  }
}

export const buildkitBuilder: Builder = {
  features: buildkitFeatures,
  async *build(engine, request, signal) {
    return proveImage(engine, yield* buildImage(engine, request, signal));
  },
};
