import type { OutputEvent } from '@/lib/events/events';

/** Bytes kept of what comes between two prompts; the rest is counted. */
const keptOfStretch = 4 * 1024 * 1024;
/** Bytes kept of one terminal in all. */
const keptInAll = 256 * 1024 * 1024;

export interface Recording {
  /** The event of these bytes to be stored, and the one to be told where that is another. */
  next: (bytes: Buffer, at: number) => { stored: OutputEvent; live?: OutputEvent };
  /** A prompt, or something typed: what comes now is worth keeping again. */
  newStretch: () => void;
  bytes: () => number;
}

/** Numbers a terminal's bytes and clips floods: a recording holds what a person did, not all that `yes` can say. */
export function openRecording(): Recording {
  let from = 0;
  let stretch = 0;
  let kept = 0;
  return {
    next(bytes, at) {
      const event = { type: 'output' as const, data: bytes.toString('base64'), from, at };
      from += bytes.length;
      stretch += bytes.length;
      if (stretch > keptOfStretch || kept + bytes.length > keptInAll)
        return { stored: { ...event, data: '', skipped: bytes.length }, live: event };
      kept += bytes.length;
      return { stored: event };
    },
    newStretch() {
      stretch = 0;
    },
    bytes: () => from,
  };
}
