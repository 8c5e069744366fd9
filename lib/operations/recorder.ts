import 'server-only';
import { startClock } from '@/lib/clock';
import { isTerminalEvent, type OperationEvent, type StoredEvent } from '@/lib/events/events';
import { type OperationState, reduce } from '@/lib/events/state';
import { remember } from '@/lib/remember';
import type { OperationId } from '@/lib/ids';
import { closeChannel, publish } from './channel';
import { openJournal } from './journal';
import { openStepTimes } from './step-times';
import { lineRanges } from './ranges';
import { appendEvents, endOperation, type Ending } from './event-store';
import { untilStored } from './storage';

/**
 * ms. An event is stored, and with that seen by everybody (a terminal's: sooner, from the journal on), at once where the
 * last ones were stored at least so long ago; of those that come faster, all of so long a time together.
 */
const flushEvery = 40;
/** Or as soon as this much text waits. */
const flushBytes = 64 * 1024;
/** A producer is made to wait from here on. */
const maxWaiting = 1024 * 1024;
/** How often, in ms, the folded state is stored for readers who come late. */
const stateEvery = 1000;
/** Pieces of one log are put together up to this many characters. */
const mergeUpTo = 16 * 1024;

const sizeOf = (event: OperationEvent) =>
  event.type === 'log' ? event.text.length + 80 : event.type === 'output' ? event.data.length + 40 : 300;

export interface Recorder {
  /**
   * Resolves at once, or when there is room again, with the event's number. `live` is what followers of now are told
   * instead of what is stored.
   */
  emit: (event: OperationEvent, live?: OperationEvent) => Promise<number>;
  state: () => OperationState;
  /**
   * Stores what waits, the `end` event and the final row together; then tells the followers. Takes as long as the disk is
   * full or the database locked.
   */
  end: (ending: Ending) => Promise<void>;
}

/** What this process records, as of the last flush: the stored state may be older by as long as nothing happens. */
export const liveStates = () => remember('live-states', () => new Map<string, () => OperationState>());

/**
 * The only writer of an operation's events. `before` is the state that is stored already. While nothing can be stored, up
 * to `maxWaiting` is kept and the producer waits, until `signal` is aborted. `clock` began with the operation.
 */
// oxlint-disable-next-line max-lines-per-function -- functions of one recorder, which share its state
export function openRecorder(
  operationId: OperationId,
  before: OperationState,
  signal: AbortSignal = new AbortController().signal,
  clock: () => number = startClock(),
): Recorder {
  let state = before;
  let lastSeq = before.seq;
  let waiting: StoredEvent[] = [];
  let waitingBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let flushedAt = 0;
  let flushing: Promise<void> = Promise.resolve();
  let stateAt = -stateEvery;
  let failure: unknown;
  /** Number of the last event that followers know of. */
  let told = before.seq;
  let telling: NodeJS.Immediate | undefined;
  /** What is being stored. */
  let leaving: readonly StoredEvent[] = [];
  const lives = new Map<number, StoredEvent>();
  const journal = openJournal(operationId);
  const correct = openStepTimes();
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

  function tell(events: readonly StoredEvent[]) {
    const news = events.filter((event) => event.seq > told).map((event) => lives.get(event.seq) ?? event);
    if (!news.length) return;
    told = news.at(-1)!.seq;
    lives.clear();
    publish(operationId, news);
  }

  /** Where the journal cannot be written, they are told when they are stored. */
  function tellFromJournal() {
    telling = undefined;
    const news = [...leaving, ...waiting].filter((event) => event.seq > told);
    if (news.length && journal.append(news)) tell(news);
  }

  /** A terminal is typed into: its events are told at once, within one turn together, and stored with the next flush. */
  function tellSoon() {
    telling ??= setImmediate(tellFromJournal);
  }

  function clearJournal() {
    if (!waiting.some((event) => event.seq <= told)) journal.clear();
  }

  function add(event: OperationEvent) {
    const last = waiting.at(-1);
    waitingBytes += sizeOf(event);
    if (
      event.type === 'log' &&
      last?.type === 'log' &&
      last.seq > told &&
      last.step === event.step &&
      last.stream === event.stream &&
      !(last.raw ?? event.raw ?? event.clipped ?? last.clipped) &&
      last.text.length + event.text.length < mergeUpTo
    )
      last.text += event.text;
    else waiting.push({ ...event, seq: ++lastSeq });
  }

  function take() {
    clearTimeout(timer);
    timer = undefined;
    if (telling) {
      clearImmediate(telling);
      tellFromJournal();
    }
    flushedAt = performance.now();
    const events = waiting;
    waiting = [];
    waitingBytes = 0;
    const ranges = lineRanges(state, events);
    state = reduce(state, events);
    return { operationId, events, ranges };
  }

  async function flush() {
    if (!waiting.length) return;
    const before = state;
    const taken = take();
    const due = performance.now() - stateAt > stateEvery;
    leaving = taken.events;
    try {
      await untilStored(() => appendEvents({ ...taken, ...(due && { state }) }));
    } catch (error) {
      state = before; // kept for the last attempt, in end()
      waiting = [...taken.events, ...waiting];
      waitingBytes = waiting.reduce((sum, event) => sum + sizeOf(event), 0);
      throw error;
    } finally {
      leaving = [];
    }
    if (due) stateAt = performance.now();
    tell(taken.events);
    clearJournal();
  }

  /** Flushes come one after the other; the first that fails ends the operation through the next emit. */
  function flushSoon(): Promise<void> {
    flushing = flushing.then(flush).catch((error: unknown) => {
      failure ??= error;
    });
    return flushing;
  }

  liveStates().set(operationId, () => state);
  return {
    async emit(event, live) {
      if (failure) throw failure;
      if (signal.aborted && waitingBytes >= maxWaiting) throw signal.reason;
      add(correct(event));
      const { seq } = waiting.at(-1)!;
      if (live) lives.set(seq, { ...live, seq });
      if (isTerminalEvent(event)) tellSoon();
      if (waitingBytes >= maxWaiting) await Promise.race([flushSoon(), aborted]);
      else if (waitingBytes >= flushBytes) void flushSoon();
      else timer ??= setTimeout(() => void flushSoon(), flushedAt + flushEvery - performance.now());
      return seq;
    },
    state: () => reduce(state, waiting),
    async end(ending) {
      const endedAt = new Date(clock());
      clearTimeout(timer);
      await flushing;
      add({
        type: 'end',
        status: ending.status,
        ...(ending.errorMessage && { message: ending.errorMessage }),
      });
      const taken = take();
      try {
        await untilStored(() => endOperation({ ...taken, state, endedAt }, ending));
      } finally {
        liveStates().delete(operationId);
      }
      tell(taken.events);
      journal.remove();
      closeChannel(operationId);
    },
  };
}
