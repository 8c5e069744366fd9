import { StringDecoder } from 'node:string_decoder';
import { characterWidth } from '@/lib/format/character-width';

/**
 * Emulates the part of a terminal that line editors use, to read the text between the end of a prompt and the cursor with
 * corrections, recalled history and wrapped rows.
 */
const maxRows = 200;

interface Position {
  row: number;
  column: number;
}

/** '' is the second half of a wide character. */
type Row = string[];

const csi = /^\[([?>]?)([\d;]*)([ -/]*)([@-~])/;

export class TypedLine {
  private rows: Row[] = [[]];
  private row = 0;
  private column = 0;
  /** The cursor is past the last column: the next character wraps. */
  private full = false;
  private start: Position = { row: 0, column: 0 };
  /** Full rows that continue in the next. */
  private wrapped = new Set<number>();
  private pending = '';
  private decoder = new StringDecoder('utf8');

  constructor(
    private columns: number,
    /** BusyBox writes a line end when a row is full; from other shells it means Enter. */
    private readonly breaksFullRows: boolean,
  ) {}

  /** A prompt begins: earlier content is dropped. */
  clear(): void {
    this.rows = [[]];
    this.row = 0;
    this.column = 0;
    this.full = false;
    this.wrapped.clear();
    this.markStart();
  }

  /** The prompt has ended: input begins here. */
  markStart(): void {
    this.start = { row: this.row, column: this.column };
  }

  resize(columns: number): void {
    this.columns = columns;
  }

  /** Draws; a line end may only be the last byte. True if it was Enter and not a cursor movement of the editor. */
  draw(bytes: Buffer): boolean {
    const text = this.pending + this.decoder.write(bytes);
    this.pending = '';
    for (let at = 0; at < text.length;) {
      const character = String.fromCodePoint(text.codePointAt(at)!);
      if (character === '\u001b') {
        const length = this.escape(text.slice(at + 1));
        if (length === null) {
          this.pending = text.slice(at);
          return false;
        }
        at += 1 + length;
        continue;
      }
      at += character.length;
      if (character === '\n') return this.lineEnd();
      this.put(character);
    }
    return false;
  }

  text(): string {
    let text = '';
    for (let row = this.start.row; row < this.rows.length; row++) {
      const cells = this.rows[row]!;
      const from = row === this.start.row ? this.start.column : 0;
      if (row > this.start.row && !this.wrapped.has(row - 1)) break;
      for (let column = from; column < cells.length; column++) text += cells[column] ?? ' ';
    }
    return text.trimEnd();
  }

  private lineEnd(): boolean {
    const within = this.breaksFullRows && this.isFull();
    if (within) {
      this.wrap();
      return false;
    }
    // Editors also move down by line ends, within a wrapped line.
    if (this.wrapped.has(this.row) && this.row + 1 < this.rows.length) {
      this.row += 1;
      this.full = false;
      return false;
    }
    return true;
  }

  private isFull(): boolean {
    return this.full || this.rows[this.row]!.length >= this.columns;
  }

  private wrap() {
    this.wrapped.add(this.row);
    this.row += 1;
    this.column = 0;
    this.full = false;
    this.rows[this.row] ??= [];
    if (this.rows.length > maxRows) this.clear();
  }

  private put(character: string) {
    if (character === '\r') this.move(this.row, 0);
    else if (character === '\b') this.move(this.row, this.full ? this.columns - 1 : this.column - 1);
    else if (character === '\t') this.move(this.row, (Math.floor(this.column / 8) + 1) * 8);
    else if (character >= ' ' && character !== '\u007f') this.write(character);
  }

  private write(character: string) {
    const width = characterWidth(character);
    if (this.full || this.column + width > this.columns) this.wrap();
    const cells = this.rows[this.row]!;
    while (cells.length < this.column) cells.push(' ');
    if (width === 0) {
      const before = cells[this.column - 1] === '' ? this.column - 2 : this.column - 1;
      if (before >= 0) cells[before] += character;
      return;
    }
    cells[this.column] = character;
    if (width === 2) cells[this.column + 1] = '';
    this.column += width;
    this.full = this.column >= this.columns;
  }

  private move(row: number, column: number) {
    this.row = Math.max(0, row);
    this.rows[this.row] ??= [];
    this.column = Math.max(0, Math.min(column, this.columns - 1));
    this.full = false;
  }

  /** Length of the sequence after ESC; null if incomplete. */
  private escape(text: string): number | null {
    if (text === '') return null;
    if (text[0] === ']') {
      // eslint-disable-next-line no-control-regex -- terminal control sequences
      const end = /\u0007|\u001b\\/.exec(text);
      return end ? end.index + end[0].length : null;
    }
    if (text[0] !== '[') return /^[()]/.test(text) ? 2 : 1;
    const match = csi.exec(text);
    if (!match) return text.length > 40 ? 1 : null;
    if (!match[1]) this.control(match[4]!, match[2]!.split(';').map(Number));
    return match[0].length;
  }

  private control(letter: string, [first = 0, second = 0]: number[]) {
    const count = first || 1;
    const cells = this.rows[this.row]!;
    if (letter === 'A') this.move(this.row - count, this.column);
    else if (letter === 'B') this.move(this.row + count, this.column);
    else if (letter === 'C') this.move(this.row, this.column + count);
    else if (letter === 'D') this.move(this.row, this.column - count);
    else if (letter === 'G') this.move(this.row, count - 1);
    else if (letter === 'H' && count === 1 && second <= 1)
      this.clear(); // Ctrl-L redraws the prompt
    else if (letter === 'P') cells.splice(this.column, count);
    else if (letter === '@') cells.splice(this.column, 0, ...Array.from({ length: count }, () => ' '));
    else if (letter === 'X') cells.fill(' ', this.column, this.column + count);
    else if (letter === 'K' && first === 0) cells.length = Math.min(cells.length, this.column);
    else if (letter === 'K') this.rows[this.row] = first === 2 ? [] : cells.fill(' ', 0, this.column + 1);
    else if (letter === 'J' && first === 0) {
      cells.length = Math.min(cells.length, this.column);
      this.rows.length = this.row + 1;
      this.wrapped.delete(this.row);
    }
  }
}
