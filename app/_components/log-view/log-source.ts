import type { LogLine } from '@/lib/events/lines';

export interface FoundLines {
  /** Line indexes, in order; not all of them when `capped`. */
  lines: number[];
  total: number;
  capped: boolean;
}

/** Where the lines come from: what is not there yet is asked for, and a new `version` tells that something changed. */
export interface LogSource {
  /** Lines known to exist. */
  total: number;
  line(index: number): LogLine | undefined;
  /** Fetches what is missing from `from` up to `to`, which is not included. */
  request(from: number, to: number): void;
  search(query: string, signal: AbortSignal): Promise<FoundLines>;
}
