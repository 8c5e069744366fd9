import type { LogLine } from '@/lib/events/lines';

export interface FoundLines {
  /** Line indexes, ascending; incomplete if `capped`. */
  lines: number[];
  total: number;
  capped: boolean;
}

/** The source of lines. Missing ones are fetched; a new `version` signals a change. */
export interface LogSource {
  /** Number of lines so far. */
  total: number;
  line(index: number): LogLine | undefined;
  /** Fetches missing lines from `from` (inclusive) to `to` (exclusive). */
  request(from: number, to: number): void;
  search(query: string, signal: AbortSignal): Promise<FoundLines>;
}
