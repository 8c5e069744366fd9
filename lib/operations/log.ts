import 'server-only';
import { foldLines, type LogLine, type OpenLine, type OpenLines, shownLines } from '@/lib/events/lines';
import { plainText } from '@/lib/format/ansi';
import type { OperationId } from '@/lib/ids';
import { decodeChunk, inflateChunk, parseChunk } from './chunks';
import { listChunks, listChunksAt, listRanges, listRangesIn } from './event-store';

/** Lines that one request may ask for. */
export const maxLines = 2000;
/** Matches that one search returns at most; the count goes on. */
const maxMatches = 10_000;

/** Characters that move within a line, as JSON writes them: what is shown is not what came. */
const moves = /\\u001b|\\r(?!\\n)|\\b/;

/** Earlier versions stored one line for both streams. */
function openLines(tail: string | null): OpenLines {
  const parsed = JSON.parse(tail ?? '[]') as OpenLine | OpenLine[];
  return Array.isArray(parsed) ? parsed : [parsed];
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Lines `from` to `to` (not included) of a step's log, as far as they exist. */
export async function readLines(id: OperationId, step: string, from: number, to: number): Promise<LogLine[]> {
  const ranges = await listRanges(id, step, from, Math.min(to, from + maxLines));
  const found: LogLine[] = [];
  let open: OpenLines = [];
  let index = 0;
  const keep = (line: LogLine) => {
    if (index >= from && index < to) found[index - from] = line;
    index += 1;
  };
  const chunks = await listChunksAt(
    id,
    ranges.map((range) => range.firstSeq),
  );
  for (const chunk of chunks) {
    // The stored numbers are the ones of links, also where an earlier version had counted lines in another way.
    const range = ranges.find((other) => other.firstSeq === chunk.firstSeq)!;
    index = range.firstLine;
    open = openLines(range.tail);
    for (const event of decodeChunk(chunk.data)) {
      if (event.type !== 'log' || event.step !== step) continue;
      const folded = foldLines(open, event.stream, event.text);
      folded.ended.forEach(keep);
      open = folded.open;
    }
  }
  shownLines(open).forEach(keep);
  const end = Math.min(to, from + maxLines, Math.max(from, ...ranges.map((range) => range.endLine)));
  return Array.from({ length: end - from }, (_, at) => found[at] ?? { stream: 'stdout', text: '' });
}

interface LogMatches {
  lines: number[];
  total: number;
}

/** Line numbers of a step's log whose text holds the query, whatever the case. Reads on while nobody has aborted. */
export async function searchLines(
  id: OperationId,
  step: string,
  query: string,
  signal: AbortSignal,
): Promise<LogMatches> {
  const needle = query.toLowerCase();
  const inJson = JSON.stringify(needle).slice(1, -1);
  const found: LogMatches = { lines: [], total: 0 };
  const test = (line: LogLine, index: number) => {
    if (!plainText(line.text).toLowerCase().includes(needle)) return;
    found.total += 1;
    if (found.lines.length < maxMatches) found.lines.push(index);
  };
  let last: { index: number; open: OpenLines } | undefined;
  for (let after = 0; !signal.aborted;) {
    const chunks = await listChunks(id, after, 32);
    if (!chunks.length) break;
    const ranges = await listRangesIn(id, chunks[0]!.firstSeq, chunks.at(-1)!.lastSeq, step);
    for (const range of ranges) {
      const chunk = chunks.find((other) => other.firstSeq === range.firstSeq)!;
      const text = inflateChunk(chunk.data);
      last = undefined;
      // Most chunks hold no match and are not parsed. A match may begin in the line left open before, or have colours in it.
      if (!range.tail && !moves.test(text) && !text.toLowerCase().includes(inJson)) continue;
      last = { index: range.firstLine, open: openLines(range.tail) };
      for (const event of parseChunk(text)) {
        if (event.type !== 'log' || event.step !== step) continue;
        const { ended, open }: { ended: LogLine[]; open: OpenLines } = foldLines(
          last.open,
          event.stream,
          event.text,
        );
        for (const line of ended) test(line, last.index++);
        last.open = open;
      }
    }
    after = chunks.at(-1)!.lastSeq;
    await turn();
  }
  if (last) for (const line of shownLines(last.open)) test(line, last.index++);
  return found;
}

/** The exact bytes of a step's log as they came, or of all steps one after the other as they came. */
export async function* readRaw(id: OperationId, step: string | null): AsyncGenerator<Uint8Array, void, void> {
  for (let after = 0; ;) {
    const chunks = await listChunks(id, after, 8);
    if (!chunks.length) return;
    for (const chunk of chunks)
      for (const event of decodeChunk(chunk.data))
        if (event.type === 'log' && (step === null || event.step === step))
          yield event.raw ? Buffer.from(event.raw, 'base64') : Buffer.from(event.text);
    after = chunks.at(-1)!.lastSeq;
    await turn();
  }
}
