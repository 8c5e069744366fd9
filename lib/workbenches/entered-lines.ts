import { TypedLine } from './typed-line';

/** Shells with a line editor, which shows again what was typed ahead. */
const edits = new Set(['bash', 'ash']);

/** Bytes kept of what follows Enter, to find the prompt again when it was a list of completions. */
const keptTail = 4096;

// eslint-disable-next-line no-control-regex -- terminals speak in them
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Each line of the bytes with its end; what comes after the last end too. */
function* linesOf(bytes: Buffer) {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end + 1;
    yield { line: bytes.subarray(from, to), to };
    from = to;
  }
}

/** Reads the lines that are entered at a terminal's prompts from what is drawn there and from what was typed ahead. */
export class EnteredLines {
  private phase: 'output' | 'prompt' | 'typing' = 'output';
  private line: TypedLine;
  /** Lines of the command that were entered before this one. */
  private before = '';
  /** Bytes since Enter, while nothing else says that a command runs. */
  private tail: Buffer | null = null;
  private ahead = '';
  private typedHere = false;

  constructor(private columns: number) {
    this.line = new TypedLine(columns, false);
  }

  get drawn(): string {
    return this.line.text();
  }

  resize(columns: number): void {
    this.columns = columns;
    this.line.resize(columns);
  }

  typed(text: string): void {
    if (this.phase === 'typing') {
      this.typedHere = true;
      this.ahead = text.replace(/^[^\r\n]*[\r\n]?/, '');
    } else this.ahead = (this.ahead + text).slice(-keptTail);
  }

  onPrompt(shell: string): void {
    this.before = '';
    this.prompt(shell);
  }

  /** The prompt for a further line of the command that was entered so far. */
  onFurtherPrompt(shell: string, entered: string): void {
    if (this.phase !== 'output' || !this.tail) return;
    this.before = `${entered}\n`;
    this.prompt(shell);
  }

  onPromptEnd(shell: string): void {
    if (this.phase === 'output') {
      if (!this.tail) return; // of a shell whose beginning was not seen
      // No prompt began: completions were listed, and the prompt is drawn again with what was typed.
      this.line = this.newLine(shell);
      this.drawPrompt(this.tail);
      this.tail = null;
    }
    this.line.markStart();
    if (this.phase !== 'typing') this.typedHere = false;
    this.phase = 'typing';
  }

  onRun(): void {
    this.phase = 'output';
  }

  /** Draws what a shell shows. Answers the command that was entered with it, and how many of the bytes belong to that. */
  draw(bytes: Buffer, shell: string): { text: string; length: number } | null {
    if (this.phase === 'prompt') this.drawPrompt(bytes);
    else if (this.phase === 'output') this.keepTail(bytes);
    else if (shell === 'bash') for (const { line } of linesOf(bytes)) this.line.draw(line);
    else return this.drawTyped(bytes, shell);
    return null;
  }

  /**
   * Of a shell without a line editor: the terminal showed what was typed ahead when it was typed, and nobody shows it
   * again.
   */
  takeAhead(shell: string): string | null {
    if (this.phase !== 'typing' || this.typedHere || edits.has(shell) || !/[\r\n]/.test(this.ahead))
      return null;
    const [first = ''] = this.ahead.split(/[\r\n]/, 1);
    this.ahead = this.ahead.slice(first.length + 1);
    return first.replace(controls, '').trim();
  }

  private prompt(shell: string) {
    this.tail = null;
    this.line = this.newLine(shell);
    this.phase = 'prompt';
  }

  private newLine(shell: string): TypedLine {
    return new TypedLine(this.columns, shell === 'ash');
  }

  /** Draws over line ends, as if each began a line. */
  private drawPrompt(bytes: Buffer) {
    for (const { line } of linesOf(bytes)) if (this.line.draw(line)) this.line.clear();
  }

  private drawTyped(bytes: Buffer, shell: string) {
    const text = this.takeAhead(shell);
    if (text !== null) {
      this.phase = 'output';
      return { text, length: 0 };
    }
    for (const { line, to } of linesOf(bytes)) {
      if (!this.line.draw(line)) continue;
      this.phase = 'output';
      this.tail = Buffer.alloc(0);
      this.keepTail(bytes.subarray(to));
      const entered = this.before + this.line.text();
      return entered.trim() === '' ? null : { text: entered, length: to };
    }
    return null;
  }

  private keepTail(bytes: Buffer) {
    if (this.tail) this.tail = Buffer.concat([this.tail, bytes]).subarray(-keptTail);
  }
}
