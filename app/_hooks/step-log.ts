import type { LogEvent } from '@/lib/events/events';
import { foldLines, type LogLine, type OpenLines, shownLines } from '@/lib/events/lines';

/** Lines per page, and per request. */
const pageSize = 500;
/** Pages kept per step: 100,000 lines; the rest can be fetched again. */
const maxPages = 200;

interface FoundLines {
  lines: number[];
  total: number;
  capped: boolean;
}

/**
 * The log of one step as a window on the server's log: new lines come by the stream, older ones are fetched on demand, and
 * the least recently used are dropped. So a million lines cost as much as a few thousand.
 */
export class StepLog {
  private readonly pages = new Map<number, (LogLine | undefined)[]>();
  private readonly fetching = new Set<number>();
  private ended: number;
  private open: OpenLines;
  private shown: LogLine[];
  private readonly url: string;

  constructor(
    operation: string,
    private readonly step: string,
    start: { lines: number; open: OpenLines },
    private readonly changed: () => void,
  ) {
    this.ended = start.lines;
    this.open = start.open;
    this.shown = shownLines(start.open);
    this.url = `/api/operations/${operation}`;
  }

  get total(): number {
    return this.ended + this.shown.length;
  }

  line(index: number): LogLine | undefined {
    if (index >= this.ended) return this.shown[index - this.ended];
    return this.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  append(event: LogEvent): void {
    const { ended, open } = foldLines(this.open, event.stream, event.text);
    for (const line of ended) this.put(this.ended++, line);
    this.open = open;
    this.shown = shownLines(open);
    this.letGo();
  }

  /** Fetches what is missing between two lines. */
  request(from: number, to: number): void {
    const last = Math.min(to, this.ended);
    for (let page = Math.floor(from / pageSize); page * pageSize < last; page++) this.fetchPage(page);
  }

  async search(query: string, signal: AbortSignal): Promise<FoundLines> {
    const parameters = new URLSearchParams({ step: this.step, q: query });
    const response = await fetch(`${this.url}/search?${parameters}`, { signal });
    if (!response.ok) throw new Error('The search failed. Try again.');
    const found = (await response.json()) as { lines: number[]; total: number };
    return { ...found, capped: found.total > found.lines.length };
  }

  private put(index: number, line: LogLine) {
    const page = Math.floor(index / pageSize);
    let lines = this.pages.get(page);
    if (!lines) this.pages.set(page, (lines = []));
    lines[index % pageSize] = line;
  }

  private isComplete(page: number): boolean {
    const lines = this.pages.get(page);
    const expected = Math.min(pageSize, this.ended - page * pageSize);
    if (!lines || lines.length < expected) return false;
    for (let index = 0; index < expected; index++) if (!lines[index]) return false;
    return true;
  }

  private fetchPage(page: number) {
    if (this.fetching.has(page) || this.isComplete(page)) return;
    this.fetching.add(page);
    void this.load(page)
      .catch(() => new Promise((resolve) => setTimeout(resolve, 2000))) // fetched again when next viewed
      .finally(() => {
        this.fetching.delete(page);
        this.changed();
      });
  }

  private async load(page: number) {
    const from = page * pageSize;
    const to = Math.min(from + pageSize, this.ended);
    const parameters = new URLSearchParams({ step: this.step, from: String(from), to: String(to) });
    const response = await fetch(`${this.url}/log?${parameters}`);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { lines } = (await response.json()) as { lines: LogLine[] };
    lines.forEach((line, offset) => this.put(from + offset, line));
    this.letGo(page);
  }

  /** Drops the oldest pages, never the newest lines nor the requested page. */
  private letGo(keep?: number) {
    const newest = Math.floor(this.ended / pageSize);
    for (const page of this.pages.keys()) {
      if (this.pages.size <= maxPages) return;
      if (page !== keep && page < newest - 4) this.pages.delete(page);
    }
  }
}
