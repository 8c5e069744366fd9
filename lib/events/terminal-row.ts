import { type AnsiStyle, applySgr, readSequence, sgrOf } from '@/lib/format/ansi';
import { characterWidth } from '@/lib/format/character-width';

interface RowText {
  text: string;
  omitted?: number;
  /** Of the cursor, if not at the end. */
  column?: number;
  /** Where the cursor returns to (`ESC 8`), if not to the start. */
  saved?: number;
  style?: AnsiStyle;
}

interface Cell {
  /** A character with its combining marks; empty for the right half of a wide one. */
  text: string;
  style: AnsiStyle | undefined;
}

const tabWidth = 8;

/** `ESC [ n` moves by n, and by 1 if n is 0 or not given. */
const count = (parameters: string, at = 0) => Math.max(1, Math.trunc(Number(parameters.split(';')[at])) || 1);

/** One row of a terminal, in the notation of ECMA-48: what is written over what. Columns from 0. */
export class TerminalRow {
  private cells: (Cell | undefined)[] = [];
  private column = 0;
  private saved = 0;
  private style: AnsiStyle | undefined;
  /** Number of columns after the limit that were written. */
  private omitted = 0;

  constructor(
    before: RowText,
    private readonly maxColumns: number,
  ) {
    this.write(before.text);
    this.omitted = before.omitted ?? 0;
    this.column = before.column ?? this.cells.length + this.omitted;
    this.saved = before.saved ?? 0;
    this.style = before.style;
  }

  write(text: string): void {
    for (let at = 0; at < text.length;) {
      const character = String.fromCodePoint(text.codePointAt(at)!);
      const sequence = character === '\x1b' ? readSequence(text, at) : null;
      if (sequence) {
        if (sequence.final) this.control(sequence.final, sequence.parameters);
        else if (sequence.length === 2) this.saveOrRestore(text[at + 1]!);
      } else if (character === '\r') this.column = 0;
      else if (character === '\b') this.column = Math.max(0, this.column - 1);
      else if (character === '\t') this.tab();
      else this.put(character);
      at += sequence?.length ?? character.length;
    }
  }

  read(): RowText {
    let text = '';
    let style: AnsiStyle | undefined;
    let shown = this.cells.length;
    while (shown > 0 && !this.cells[shown - 1]) shown -= 1; // erased, or never written
    for (let at = 0; at < shown; at++) {
      const cell = this.cells[at];
      if (cell?.style !== style) {
        style = cell?.style;
        text += sgrOf(style);
      }
      text += cell?.text ?? ' ';
    }
    const atEnd = this.column === shown + this.omitted;
    if (atEnd && text && style !== this.style) text += sgrOf(this.style);
    return {
      text,
      ...(this.omitted > 0 && { omitted: this.omitted }),
      ...(!atEnd && { column: this.column }),
      ...(this.saved > 0 && { saved: this.saved }),
      ...(this.style && { style: this.style }),
    };
  }

  private tab() {
    const next = (Math.floor(this.column / tabWidth) + 1) * tabWidth;
    // Kept as a tab at the end, so that it is copied as one.
    if (this.column === this.cells.length && next <= this.maxColumns) {
      this.set(this.column, '\t');
      while (this.cells.length < next) this.set(this.cells.length, '');
    }
    this.column = next;
  }

  private put(character: string) {
    const width = characterWidth(character);
    if (width === 0) return this.combine(character);
    this.set(this.column, character);
    if (width === 2) this.set(this.column + 1, '');
    this.column += width;
  }

  private combine(mark: string) {
    for (let at = Math.min(this.column, this.cells.length) - 1; at >= 0; at--) {
      const cell = this.cells[at];
      if (cell?.text === '') continue;
      this.cells[at] = { text: (cell?.text ?? ' ') + mark, style: cell?.style };
      return;
    }
    this.put('\u25cc'); // a dotted circle carries a mark at the start of the line
    this.combine(mark);
  }

  private set(column: number, text: string) {
    if (column >= this.maxColumns) {
      this.omitted = Math.max(this.omitted, column - this.maxColumns + 1);
      return;
    }
    this.split(column);
    this.split(column + 1);
    while (this.cells.length < column) this.cells.push(undefined);
    this.cells[column] = { text, style: this.style };
  }

  /** Half of a wide character cannot be shown, and a tab becomes spaces: what is written over begins in the middle. */
  private split(column: number) {
    const cell = this.cells[column];
    if (cell?.text !== '') return;
    let first = column;
    while (first > 0 && this.cells[first]?.text === '') first -= 1;
    this.blank(first);
  }

  /** A character of several columns becomes blanks. */
  private blank(first: number) {
    for (let at = first; at === first || this.cells[at]?.text === ''; at++) this.cells[at] = undefined;
  }

  /** What is moved does not keep to the tab stops. */
  private expandTabs() {
    for (let at = this.cells.length - 1; at >= 0; at--) if (this.cells[at]?.text === '\t') this.blank(at);
  }

  private erase(from: number, to: number) {
    if (to <= from) return;
    this.split(from);
    this.split(to);
    if (to >= this.cells.length) {
      this.cells.length = Math.min(this.cells.length, from);
      if (to === Infinity) this.omitted = Math.max(0, Math.min(this.omitted, from - this.maxColumns));
    } else this.cells.fill(undefined, from, to);
  }

  private saveOrRestore(final: string) {
    if (final === '7') this.saved = this.column;
    else if (final === '8') this.column = this.saved;
  }

  private moveTo(column: number) {
    this.column = Math.max(0, Math.min(column, this.maxColumns));
  }

  private control(final: string, parameters: string) {
    const number = count(parameters);
    switch (final) {
      case 'm':
        this.style = applySgr(this.style, parameters);
        break;
      case 'C':
        this.moveTo(this.column + number);
        break;
      case 'D':
        this.moveTo(this.column - number);
        break;
      case 'G':
      case '`':
        this.moveTo(number - 1);
        break;
      case 'H':
      case 'f':
        this.moveTo(count(parameters, 1) - 1);
        break;
      case 'E':
      case 'F':
        this.column = 0;
        break;
      case 's':
      case 'u':
        this.saveOrRestore(final === 's' ? '7' : '8');
        break;
      case 'J':
      case 'K':
        this.eraseBy(parameters);
        break;
      case 'X':
        this.erase(this.column, this.column + number);
        break;
      case 'P':
        this.delete(number);
        break;
      case '@':
        this.insert(number);
        break;
    }
  }

  private eraseBy(parameters: string) {
    if (parameters === '' || parameters === '0') this.erase(this.column, Infinity);
    else if (parameters === '1') this.erase(0, this.column + 1);
    else if (parameters === '2' || parameters === '3') this.erase(0, Infinity);
  }

  private delete(number: number) {
    this.expandTabs();
    this.split(this.column);
    this.split(this.column + number);
    this.cells.splice(this.column, number);
  }

  private insert(number: number) {
    if (this.column >= this.cells.length) return;
    this.expandTabs();
    this.split(this.column);
    const blank = Array<undefined>(Math.min(number, this.maxColumns)).fill(undefined);
    this.cells.splice(this.column, 0, ...blank);
    this.cells.length = Math.min(this.cells.length, this.maxColumns);
  }
}
