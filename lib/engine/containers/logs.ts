import 'server-only';
import type { ContainerId } from '@/lib/ids';
import { readFrames, readTerminal, type Frame } from './log-frames';
import type { Engine } from '@/lib/engine/engine';
import { callStream } from '@/lib/engine/wire/dial';
import { containerPath } from '@/lib/engine/wire/names';

interface LogsRequest {
  /** It has a terminal: its output comes without frames. */
  terminal: boolean;
  /** How many lines of what was written before; all where it is left out. */
  tail?: number;
  /** `seconds.nanoseconds` since 1970: only what was written then or later. */
  since?: string;
  /** Goes on with what is written from now on, until the container ends. */
  follow: boolean;
  /** Puts the time before each piece (RFC 3339, nanoseconds). */
  timestamps: boolean;
  signal: AbortSignal;
}

/** What a container wrote, in order, at the pace of the reader. */
export async function* containerLogs(
  engine: Engine,
  id: ContainerId,
  request: LogsRequest,
): AsyncGenerator<Frame, void, void> {
  const { terminal, tail, since, follow, timestamps, signal } = request;
  const stream = await callStream(engine, {
    path: `/containers/${containerPath(id)}/logs`,
    query: { stdout: true, stderr: true, follow, timestamps, since, tail: tail ?? 'all' },
    signal,
  });
  yield* terminal ? readTerminal(stream) : readFrames(stream);
}
