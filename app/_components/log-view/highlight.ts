import type { AnsiPiece } from '@/lib/format/ansi';

export interface Segment extends AnsiPiece {
  match?: true;
}

/** Case-insensitive matches, as pairs of start and end. */
export function findAll(text: string, query: string): [number, number][] {
  if (!query) return [];
  const lower = text.toLowerCase();
  // A few letters change length with case, which would shift positions: then the search is case-sensitive.
  const folded = lower.length === text.length;
  const hay = folded ? lower : text;
  const needle = folded ? query.toLowerCase() : query;
  const found: [number, number][] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length))
    found.push([at, at + needle.length]);
  return found;
}

// A limit per line; it does not affect the count of matching lines.
const maxMatches = 500;

/** Splits pieces at the ends of matches; a match may span several pieces. */
export function highlight(pieces: AnsiPiece[], query: string): Segment[] {
  const matches = findAll(pieces.map((piece) => piece.text).join(''), query).slice(0, maxMatches);
  if (matches.length === 0) return pieces;
  const segments: Segment[] = [];
  let start = 0;
  for (const piece of pieces) {
    const end = start + piece.text.length;
    let at = start;
    for (const [from, to] of matches) {
      if (to <= at || from >= end) continue;
      if (from > at) segments.push({ ...piece, text: piece.text.slice(at - start, from - start) });
      const stop = Math.min(to, end);
      segments.push({
        ...piece,
        text: piece.text.slice(Math.max(at, from) - start, stop - start),
        match: true,
      });
      at = stop;
    }
    if (at < end) segments.push({ ...piece, text: piece.text.slice(at - start) });
    start = end;
  }
  return segments;
}
