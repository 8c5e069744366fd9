import 'server-only';
import { type Engine, engineCache } from '@/lib/engine/engine';
import type { EngineStatus } from '@/lib/engine/types';
import { AppError } from '@/lib/errors';
import { engineEvents, touchesContainers, touchesImages } from './events';
import { answers, engineStatus } from './status';

/**
 * An engine is watched once: its status is read at intervals, and one stream of its events is open while it is ready.
 *
 * `engine`: the status has changed. `containers`, `images`: their lists may have changed. Both are also called when the
 * stream opens, because earlier events were missed.
 */
type Topic = 'engine' | 'containers' | 'images';

/** Pages show within ten seconds that the engine is away or back. A closed stream is reopened at this interval, too. */
const lookEveryMs = 4000;

interface Watch {
  status: EngineStatus | undefined;
  /** ms since 1970, of the last change of its state. */
  since: number;
  /** Set once the engine is watched. */
  timer: NodeJS.Timeout | undefined;
  /** Closes the stream of events, which is open or being opened. */
  stream: AbortController | undefined;
  listening: boolean;
  listeners: Record<Topic, (() => void)[]>;
}

const watch = engineCache('watch', (): Watch => ({
  status: undefined,
  since: Date.now(),
  timer: undefined,
  stream: undefined,
  listening: false,
  listeners: { engine: [], containers: [], images: [] },
}));

/** Calls the listener at every change of the topic until the process ends. */
export function subscribe(engine: Engine, topic: Topic, listener: () => void): void {
  watch(engine).listeners[topic].push(listener);
}

function tell(engine: Engine, topic: Topic): void {
  for (const listener of watch(engine).listeners[topic]) listener();
}

/** Whether the stream of events is open. While it is not, changes of containers and images are not noticed. */
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
    // The next status tells why the stream ended.
  }
}

/** Opens the stream of events unless it is open, and reads it to its end. */
async function listen(engine: Engine): Promise<void> {
  const state = watch(engine);
  if (!state.timer || state.stream) return;
  const stream = new AbortController();
  const beganAt = performance.now();
  state.stream = stream;
  try {
    await readEvents(engine, stream.signal);
  } finally {
    state.stream = undefined;
    state.listening = false;
  }
  // A stream that ends early would do so again: it is reopened at the next interval only.
  if (!stream.signal.aborted && performance.now() - beganAt >= lookEveryMs) await lookAtEngine(engine);
}

const differs = (a: EngineStatus | undefined, b: EngineStatus) =>
  a?.state !== b.state || (a.state !== 'ready' && b.state !== 'ready' && a.message !== b.message);

/** Reads the status now, and calls the subscribers if it has changed. */
export async function lookAtEngine(engine: Engine): Promise<EngineStatus> {
  const state = watch(engine);
  const status = await engineStatus(engine);
  const changed = differs(state.status, status);
  if (state.status?.state !== status.state) state.since = Date.now();
  state.status = status;
  if (changed) tell(engine, 'engine');
  if (status.state === 'ready')
    listen(engine).catch((error: unknown) => console.error('The events of the engine were not read:', error));
  // The connection may look open although the engine is away. An engine that only hangs keeps its stream.
  else if (status.state !== 'stalled') state.stream?.abort();
  return status;
}

/** When the engine came into its state, as far as this process has seen it; ms since 1970. */
export const engineSince = (engine: Engine): number => watch(engine).since;

/** The last status, four seconds old at most while the engine is watched; reads it if there is none yet. */
export const currentEngine = async (engine: Engine): Promise<EngineStatus> =>
  watch(engine).status ?? lookAtEngine(engine);

/**
 * Whether work that needs the engine may start. It waits for an engine that is away or stalled; another problem is
 * reported by the work itself. If the engine was ready, a ping is enough: to read the whole status takes longer than
 * everything else before a build.
 */
export async function isEngineThere(engine: Engine): Promise<boolean> {
  if (watch(engine).status?.state === 'ready' && (await answers(engine))) return true;
  const { state } = await lookAtEngine(engine);
  return state !== 'away' && state !== 'stalled';
}

/** Starts to watch the engine. Returns its status. */
export function watchEngine(engine: Engine): Promise<EngineStatus> {
  const state = watch(engine);
  state.timer ??= setInterval(() => void lookAtEngine(engine), lookEveryMs).unref();
  return lookAtEngine(engine);
}
