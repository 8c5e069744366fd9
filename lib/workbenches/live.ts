import 'server-only';
import { AppError } from '@/lib/errors';
import type { OperationId, UserId, WorkbenchId } from '@/lib/ids';
import { remember } from '@/lib/remember';

export interface TerminalSize {
  columns: number;
  rows: number;
}

/** A terminal that this process is connected to. Its operation owns it; pages reach it by workbench id. */
export interface LiveTerminal {
  operationId: OperationId;
  /** Its container reaches the engine's host: lib/engine/containers/host-access.ts. */
  reachesHost: boolean;
  /** Waits if the terminal applies back-pressure. `onLeft`: as soon as the bytes are no longer this process's. */
  write: (bytes: Buffer, onLeft: () => void) => Promise<void>;
  resize: (size: TerminalSize) => Promise<void>;
  /** Bytes of output sent so far. */
  bytes: () => number;
  /** The shell's directory at the last prompt; '' if unknown. */
  readonly directory: string;
  keyboard: { viewer: string | null; name: string };
  size: TerminalSize;
  take: (viewer: string, name: string) => Promise<void>;
  viewers: Map<string, Viewer>;
  /** To be called when everything of a request was typed. */
  noteTyped: () => void;
}

/** One open page. */
export interface Viewer {
  userId: UserId;
  /** Bytes drawn by the page. */
  seen: number;
  /** By performance.now(). */
  seenAt: number;
  /** Its last message of any kind, the same. */
  activeAt: number;
  /** Number of its last processed message. */
  number: number;
  working: Promise<unknown>;
}

const terminals = () => remember('workbench-terminals', () => new Map<string, LiveTerminal>());

export const findTerminal = (workbenchId: WorkbenchId): LiveTerminal | undefined =>
  terminals().get(workbenchId);

export function openTerminal(workbenchId: WorkbenchId, terminal: LiveTerminal): () => void {
  terminals().set(workbenchId, terminal);
  return () => {
    if (terminals().get(workbenchId) === terminal) terminals().delete(workbenchId);
  };
}

/** Open pages of one terminal; above it, the one that was silent longest is forgotten. */
const maxViewers = 200;

function forgetOldest({ viewers, keyboard }: LiveTerminal): void {
  const others = [...viewers].filter(([id]) => id !== keyboard.viewer);
  const [oldest] = others.toSorted(([, one], [, other]) => one.activeAt - other.activeAt);
  if (oldest) viewers.delete(oldest[0]);
}

export const newViewer = (userId: UserId, number = 0): Viewer => ({
  userId,
  seen: 0,
  seenAt: -Infinity,
  activeAt: 0,
  number,
  working: Promise.resolve(),
});

/** The page of this id. Pages learn each other's ids, so an id is accepted from the user who first came with it only. */
export function viewerOf(terminal: LiveTerminal, id: string, userId: UserId): Viewer {
  let viewer = terminal.viewers.get(id);
  if (viewer && viewer.userId !== userId)
    throw new AppError('forbidden', 'This page of the terminal belongs to another user.', {
      hint: 'Load the page again.',
    });
  if (!viewer) {
    if (terminal.viewers.size >= maxViewers) forgetOldest(terminal);
    viewer = newViewer(userId);
    terminal.viewers.set(id, viewer);
  }
  viewer.activeAt = performance.now();
  return viewer;
}

/** Bytes that a page may lag before output is paused; Ctrl-C takes effect after at most these. */
const maxLagBytes = 512 * 1024;
/** A page that has drawn nothing for this long is hidden, stuck or closed, and is not waited for. */
const stalledAfterMs = 1500;

/** Whether the page that has the keyboard lags too far behind. No other page can hold the terminal up. */
export function mustWait({ bytes, keyboard, viewers }: LiveTerminal, now = performance.now()): boolean {
  const typist = keyboard.viewer === null ? undefined : viewers.get(keyboard.viewer);
  return typist !== undefined && now - typist.seenAt < stalledAfterMs && bytes() - typist.seen > maxLagBytes;
}

export function noteSeen(terminal: LiveTerminal, viewerId: string, userId: UserId, bytes: number): void {
  const viewer = viewerOf(terminal, viewerId, userId);
  viewer.seen = Math.max(viewer.seen, bytes);
  viewer.seenAt = performance.now();
}
