import type { OutputEvent } from '@/lib/events/events';

/** Limit between two prompts; the rest is only counted. */
const maxStretchBytes = 4 * 1024 * 1024;
/** Limit per terminal. */
const maxTotalBytes = 256 * 1024 * 1024;

interface Recording {
  /** The event to store, and the live event if it differs. */
  next: (bytes: Buffer, at: number) => { stored: OutputEvent; live?: OutputEvent };
  /** A prompt or input: resets the limit between prompts. */
  newStretch: () => void;
  bytes: () => number;
}

/** Numbers a terminal's bytes and limits what is stored of long output. */
export function openRecording(): Recording {
  let from = 0;
  let stretch = 0;
  let kept = 0;
  return {
    next(bytes, at) {
      const event = { type: 'output' as const, data: bytes.toString('base64'), from, at };
      from += bytes.length;
      stretch += bytes.length;
      if (stretch > maxStretchBytes || kept + bytes.length > maxTotalBytes)
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
