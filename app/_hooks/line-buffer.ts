import { plainText } from '@/lib/format/ansi';
import { foldLines, type LogLine, type OpenLines, shownLines } from '@/lib/events/lines';

interface FoundLines {
  lines: number[];
  total: number;
  capped: boolean;
}

/** Maximum lines and UTF-16 units kept; above it, the oldest tenth is dropped. */
const defaults = { lines: 50_000, characters: 16_000_000, found: 10_000 };

/** The newest lines of an endless output in bounded memory; older ones are only counted. */
export class LineBuffer {
  private lines: LogLine[] = [];
  private characters = 0;
  private open: OpenLines = [];
  private shown: LogLine[] = [];
  /** Number of dropped lines. */
  gone = 0;

  constructor(private readonly limits = defaults) {}

  get total(): number {
    return this.lines.length + this.shown.length;
  }

  line(index: number): LogLine | undefined {
    return this.lines[index] ?? this.shown[index - this.lines.length];
  }

  append(stream: LogLine['stream'], text: string): void {
    const { ended, open } = foldLines(this.open, stream, text);
    for (const line of ended) {
      this.lines.push(line);
      this.characters += line.text.length;
    }
    this.open = open;
    this.shown = shownLines(open);
    while (this.lines.length > this.limits.lines || this.characters > this.limits.characters) {
      const old = this.lines.splice(0, Math.max(1, Math.floor(this.lines.length / 10)));
      this.gone += old.length;
      for (const line of old) this.characters -= line.text.length;
    }
  }

  /** No-op: all lines are in memory. */
  request(): void {}

  search(query: string): Promise<FoundLines> {
    const wanted = query.toLowerCase();
    const found: number[] = [];
    let total = 0;
    for (let index = 0; index < this.total; index++) {
      if (!plainText(this.line(index)!.text).toLowerCase().includes(wanted)) continue;
      total += 1;
      if (found.length < this.limits.found) found.push(index);
    }
    return Promise.resolve({ lines: found, total, capped: total > found.length });
  }

  text(): string {
    return [...this.lines, ...this.shown].map((line) => plainText(line.text)).join('\n');
  }
}
