interface CastEvent {
  /** Milliseconds since the beginning, with long pauses shortened. */
  at: number;
  type: 'o' | 'r';
  text: string;
}

export interface Cast {
  columns: number;
  rows: number;
  events: CastEvent[];
  /** ms */
  length: number;
}

/** Longer pauses are shortened to this. */
export const maxPauseMs = 2000;

/** Reads asciicast version 2. */
export function parseCast(text: string): Cast {
  const [head = '{}', ...lines] = text.split('\n').filter(Boolean);
  const { width = 80, height = 24 } = JSON.parse(head) as { width?: number; height?: number };
  const events: CastEvent[] = [];
  let before = 0;
  let at = 0;
  for (const line of lines) {
    const [seconds, type, data] = JSON.parse(line) as [number, 'o' | 'r', string];
    at += Math.min(maxPauseMs, Math.max(0, seconds * 1000 - before));
    before = seconds * 1000;
    events.push({ at, type, text: data });
  }
  // A range input has integer steps; rounding down would hide the last event.
  return { columns: width, rows: height, events, length: Math.ceil(at) };
}
