/** A position as in editors: both count from 0. */
interface Place {
  line: number;
  character: number;
}

export interface Span {
  from: number;
  to: number;
}

/** Converts line and character to an offset, and an offset to a line. */
export function openPlaces(text: string) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const at = ({ line, character }: Place) => Math.min((starts[line] ?? text.length) + character, text.length);
  return {
    at,
    span: ({ start, end }: { start: Place; end: Place }): Span => ({ from: at(start), to: at(end) }),
    /** From 1. */
    lineAt: (offset: number): number => {
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (starts[middle]! <= offset) low = middle;
        else high = middle;
      }
      return low + 1;
    },
  };
}
