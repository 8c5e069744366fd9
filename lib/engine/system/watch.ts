import 'server-only';
import { type Engine, engineCache } from '@/lib/engine/engine';
import type { EngineStatus } from '@/lib/engine/types';
import { AppError } from '@/lib/errors';
import { engineEvents, touchesContainers, touchesImages } from './events';
import { answers, engineStatus } from './status';

/**
 * The one watch on an engine: how it is, asked at intervals, and one stream of its events while it is ready.
 *
 * engine: how it is has changed. containers, images: what lists show of them may have changed; told once more whenever the
 * stream has opened, because what happened before is not known.
 */
type Topic = 'engine' | 'containers' | 'images';

/** Pages say within ten seconds that the engine is away or back. A stream that ended is opened again as often. */
const lookEveryMs = 4000;

interface Watch {
  status: EngineStatus | undefined;
  /** Runs once the engine is watched. */
  timer: NodeJS.Timeout | undefined;
  /** Ends the stream of events, which is open or being opened. */
  stream: AbortController | undefined;
  listening: boolean;
  listeners: Record<Topic, (() => void)[]>;
}

const watch = engineCache('watch', (): Watch => ({
  status: undefined,
  timer: undefined,
  stream: undefined,
  listening: false,
  listeners: { engine: [], containers: [], images: [] },
}));

/** Calls the listener at every change of the topic, for the life of the process. */
export function subscribe(engine: Engine, topic: Topic, listener: () => void): void {
  watch(engine).listeners[topic].push(listener);
}

function tell(engine: Engine, topic: Topic): void {
  for (const listener of watch(engine).listeners[topic]) listener();
}

/** Whether the stream of events is open. Without it no change of containers and images is told. */
export const isListening = (engine: Engine): boolean => watch(engine).listening;

async function readEvents(engine: Engine, signal: AbortSignal): Promise<void> {
  const onOpen = () => {
    watch(engine).listening = true;
    tell(engine, 'containers');
    tell(engine, 'images');
  };
  try {
    for await (const event of engineEvents(engine, ['container', 'image', 'builder'], signal, onOpen)) {
      if (touchesContainers(event)) tell(engine, 'containers');
      if (touchesImages(event)) tell(engine, 'images');
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Why the stream ended, the next look at the engine says.
  }
}

/** Opens the stream of events unless there is one, and follows it to its end. */
async function listen(engine: Engine): Promise<void> {
  const state = watch(engine);
  if (!state.timer || state.stream) return;
  const stream = new AbortController();
  const beganAt = Date.now();
  state.stream = stream;
  try {
    await readEvents(engine, stream.signal);
  } finally {
    state.stream = undefined;
    state.listening = false;
  }
  // One that ends early would end early again: it waits for its turn.
  if (!stream.signal.aborted && Date.now() - beganAt >= lookEveryMs) await lookAtEngine(engine);
}

const differs = (a: EngineStatus | undefined, b: EngineStatus) =>
  a?.state !== b.state || (a.state !== 'ready' && b.state !== 'ready' && a.message !== b.message);

/** Asks the engine now, and tells where the answer is another one than before. */
export async function lookAtEngine(engine: Engine): Promise<EngineStatus> {
  const state = watch(engine);
  const status = await engineStatus(engine);
  const changed = differs(state.status, status);
  state.status = status;
  if (changed) tell(engine, 'engine');
  if (status.state === 'ready')
    listen(engine).catch((error: unknown) => console.error('The events of the engine were not read:', error));
  // A connection to an engine that has gone may stay open without a word. One that only hangs keeps its own.
  else if (status.state !== 'stalled') state.stream?.abort();
  return status;
}

/** The last answer, at most a few seconds old; asks when there is none yet. */
export const currentEngine = async (engine: Engine): Promise<EngineStatus> =>
  watch(engine).status ?? lookAtEngine(engine);

/**
 * Whether work that needs the engine may begin. It waits for one that is away; one that refuses has its own words. Where
 * all was well, that it answers is enough: the whole look takes longer than all else before a build.
 */
export async function isEngineThere(engine: Engine): Promise<boolean> {
  if (watch(engine).status?.state === 'ready' && (await answers(engine))) return true;
  const { state } = await lookAtEngine(engine);
  return state !== 'away' && state !== 'stalled';
}

/** Watches the engine from now on. Answers how it is. */
export function watchEngine(engine: Engine): Promise<EngineStatus> {
  const state = watch(engine);
  state.timer ??= setInterval(() => void lookAtEngine(engine), lookEveryMs).unref();
  return lookAtEngine(engine);
}
