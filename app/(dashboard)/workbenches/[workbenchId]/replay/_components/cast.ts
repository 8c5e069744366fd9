export interface CastEvent {
  /** ms since the beginning, with long pauses cut short. */
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

/** ms. Nobody wants to watch somebody think. */
export const longestPause = 2000;

/** Reads asciicast version 2. */
export function parseCast(text: string): Cast {
  const [head = '{}', ...lines] = text.split('\n').filter(Boolean);
  const { width = 80, height = 24 } = JSON.parse(head) as { width?: number; height?: number };
  const events: CastEvent[] = [];
  let before = 0;
  let at = 0;
  for (const line of lines) {
    const [seconds, type, data] = JSON.parse(line) as [number, 'o' | 'r', string];
    at += Math.min(longestPause, Math.max(0, seconds * 1000 - before));
    before = seconds * 1000;
    events.push({ at, type, text: data });
  }
  // A slider's steps are whole ones: its end must not come before the last event.
  return { columns: width, rows: height, events, length: Math.ceil(at) };
}
