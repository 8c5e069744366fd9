import type { Span } from './places';

/** A logical line: joined with its continuation lines, without comments and continuation characters. */
export interface LogicalLine extends Span {
  text: string;
  /** Line numbers in the file, from 1. */
  line: number;
  endLine: number;
  /** The positions of parts of `text` in the file. */
  span: (from: number, to: number) => Span;
}

export interface PhysicalLine {
  text: string;
  /** Offset in the file. */
  from: number;
}

const byteOrderMark = '\uFEFF';

/** The lines of a file, without line ends and byte order mark. */
export function physicalLines(file: string): PhysicalLine[] {
  let from = file.startsWith(byteOrderMark) ? 1 : 0;
  return file
    .slice(from)
    .split('\n')
    .map((line) => {
      let end = line.length;
      while (line[end - 1] === '\r') end -= 1;
      const physical = { text: line.slice(0, end), from };
      from += line.length + 1;
      return physical;
    });
}

const isComment = (text: string) => text.trimStart().startsWith('#');

/** The length of a line without its continuation character; null if it has none. */
function continued(text: string, escape: string): number | null {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end -= 1;
  return end > 0 && text[end - 1] === escape && text[end - 2] !== escape ? end - 1 : null;
}

/** The logical line that starts at a physical line, and the first physical line after it. */
export function logicalLine(
  lines: readonly PhysicalLine[],
  first: number,
  escape: string,
): { logical: LogicalLine; next: number } {
  const pieces: { at: number; from: number }[] = [];
  let text = '';
  let end = 0;
  let last = first;
  let next = first;
  for (let goesOn = true; goesOn && next < lines.length; next++) {
    const { text: whole, from } = lines[next]!;
    // Comments and empty lines in between are skipped.
    if (next > first && (isComment(whole) || whole.trim() === '')) continue;
    const lead = next === first ? whole.length - whole.trimStart().length : 0;
    const left = continued(whole, escape);
    pieces.push({ at: text.length, from: from + lead });
    text += whole.slice(lead, left ?? whole.length);
    end = from + whole.length;
    last = next;
    goesOn = left !== null;
  }
  const placeOf = (offset: number): number => {
    let low = 0;
    for (let high = pieces.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (pieces[middle]!.at <= offset) low = middle;
      else high = middle;
    }
    return pieces[low]!.from + offset - pieces[low]!.at;
  };
  const span = (from: number, to: number): Span =>
    to > from ? { from: placeOf(from), to: placeOf(to - 1) + 1 } : { from: placeOf(from), to: placeOf(from) };
  const logical = { text, line: first + 1, endLine: last + 1, from: pieces[0]!.from, to: end, span };
  return { logical, next };
}
