import 'server-only';
import { remember } from '@/lib/remember';
import type { OperationId, WorkbenchId } from '@/lib/ids';

export interface TerminalSize {
  columns: number;
  rows: number;
}

/** A terminal that this process is connected to. Its operation owns it; pages reach it by workbench id. */
export interface LiveTerminal {
  operationId: OperationId;
  /** Waits if the terminal applies back-pressure. */
  write: (bytes: Buffer) => Promise<void>;
  resize: (size: TerminalSize) => Promise<void>;
  /** Bytes of output sent so far. */
  bytes: () => number;
  /** The shell's directory at the last prompt; '' if unknown. */
  readonly directory: string;
  keyboard: { viewer: string | null; name: string };
  size: TerminalSize;
  take: (viewer: string, name: string) => Promise<void>;
  viewers: Map<string, Viewer>;
}

/** One open page. */
interface Viewer {
  /** Bytes drawn by the page. */
  seen: number;
  seenAt: number;
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

export function viewerOf(terminal: LiveTerminal, id: string): Viewer {
  let viewer = terminal.viewers.get(id);
  if (!viewer) {
    viewer = { seen: 0, seenAt: 0, number: 0, working: Promise.resolve() };
    terminal.viewers.set(id, viewer);
  }
  return viewer;
}

/** Bytes that a page may lag before output is paused; Ctrl-C takes effect after at most these. */
const maxLagBytes = 512 * 1024;
/** A page that has drawn nothing for this long is hidden, stuck or closed, and is not waited for. */
const stalledAfterMs = 1500;

/** Whether an active page lags too far behind. */
export function mustWait(terminal: LiveTerminal, now = Date.now()): boolean {
  const bytes = terminal.bytes();
  for (const { seen, seenAt } of terminal.viewers.values())
    if (now - seenAt < stalledAfterMs && bytes - seen > maxLagBytes) return true;
  return false;
}

export function noteSeen(terminal: LiveTerminal, viewerId: string, bytes: number): void {
  const viewer = viewerOf(terminal, viewerId);
  viewer.seen = Math.max(viewer.seen, bytes);
  viewer.seenAt = Date.now();
}
