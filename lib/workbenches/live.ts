import 'server-only';
import { remember } from '@/lib/remember';

export interface TerminalSize {
  columns: number;
  rows: number;
}

/** A terminal that this process is connected to. Its operation holds it; who types and who watches reach it by its workbench. */
export interface LiveTerminal {
  operationId: string;
  /** Waits while the terminal takes no more. */
  write: (bytes: Buffer) => Promise<void>;
  resize: (size: TerminalSize) => Promise<void>;
  /** Bytes of its output that were told so far. */
  bytes: () => number;
  /** Where its shell was at its last prompt; '' when it does not tell. */
  readonly directory: string;
  keyboard: { viewer: string | null; name: string };
  size: TerminalSize;
  take: (viewer: string, name: string) => Promise<void>;
  viewers: Map<string, Viewer>;
}

/** One page that is open on it. */
interface Viewer {
  /** Bytes that it has drawn. */
  seen: number;
  seenAt: number;
  /** Number of its last message that was done; messages are done once and in order. */
  number: number;
  working: Promise<unknown>;
}

const terminals = () => remember('workbench-terminals', () => new Map<string, LiveTerminal>());

export const findTerminal = (workbenchId: string): LiveTerminal | undefined => terminals().get(workbenchId);

export function openTerminal(workbenchId: string, terminal: LiveTerminal): () => void {
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

/** Bytes that a page may be behind before the container has to wait: what Ctrl-C then still has to come through. */
const maxLag = 512 * 1024;
/** ms. A page that has drawn nothing for so long is hidden, stuck or gone, and is not waited for. */
const patience = 1500;

/** Whether somebody who watches needs time to draw what was told already. */
export function mustWait(terminal: LiveTerminal, now = Date.now()): boolean {
  const bytes = terminal.bytes();
  for (const { seen, seenAt } of terminal.viewers.values())
    if (now - seenAt < patience && bytes - seen > maxLag) return true;
  return false;
}

export function noteSeen(terminal: LiveTerminal, viewerId: string, bytes: number): void {
  const viewer = viewerOf(terminal, viewerId);
  viewer.seen = Math.max(viewer.seen, bytes);
  viewer.seenAt = Date.now();
}
