import 'server-only';
import type { ContainerId } from '@/lib/ids';
import { readFrames, readTerminal, type Frame } from './log-frames';
import type { Engine } from '@/lib/engine/engine';
import { callStream } from '@/lib/engine/wire/dial';
import { containerPath } from '@/lib/engine/wire/names';

interface LogsRequest {
  /** The container has a terminal: its output has no frames. */
  terminal: boolean;
  /** Number of earlier lines; all if absent. */
  tail?: number;
  /** `seconds.nanoseconds` since 1970: only output from then on. */
  since?: string;
  /** Continues with new output until the container exits. */
  follow: boolean;
  /** Prefixes each piece with its time (RFC 3339 with nanoseconds). */
  timestamps: boolean;
  signal: AbortSignal;
}

/** A container's output in order, with backpressure. */
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
