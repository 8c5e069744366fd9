import { TypedLine } from './typed-line';

/** Shells whose line editor echoes type-ahead again. */
const edits = new Set(['bash', 'ash']);

/** Bytes kept after Enter, to find the prompt again after a list of completions. */
const keptTailBytes = 4096;

// eslint-disable-next-line no-control-regex -- terminal control sequences
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** The lines, with their line ends; the last may have none. */
function* linesOf(bytes: Buffer) {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end + 1;
    yield { line: bytes.subarray(from, to), to };
    from = to;
  }
}

/** Reads the lines entered at a terminal's prompts, from the output and from type-ahead. */
export class EnteredLines {
  private phase: 'output' | 'prompt' | 'typing' = 'output';
  private line: TypedLine;
  /** Earlier lines of the same command. */
  private before = '';
  /** Bytes since Enter, until a mark confirms that a command runs. */
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
    } else this.ahead = (this.ahead + text).slice(-keptTailBytes);
  }

  onPrompt(shell: string): void {
    this.before = '';
    this.prompt(shell);
  }

  /** A continuation prompt. */
  onFurtherPrompt(shell: string, entered: string): void {
    if (this.phase !== 'output' || !this.tail) return;
    this.before = `${entered}\n`;
    this.prompt(shell);
  }

  onPromptEnd(shell: string): void {
    if (this.phase === 'output') {
      if (!this.tail) return; // a shell whose start was not recorded
      // No new prompt: completions were listed, and the same prompt is drawn again.
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

  /** Draws output. Returns the command that it completed, if any, and how many bytes belong to it. */
  draw(bytes: Buffer, shell: string): { text: string; length: number } | null {
    if (this.phase === 'prompt') this.drawPrompt(bytes);
    else if (this.phase === 'output') this.keepTail(bytes);
    else if (shell === 'bash') for (const { line } of linesOf(bytes)) this.line.draw(line);
    else return this.drawTyped(bytes, shell);
    return null;
  }

  /** Type-ahead of a shell without a line editor: the terminal echoed it when it was typed, and it is not echoed again. */
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

  /** Draws, restarting at each line end. */
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
    if (this.tail) this.tail = Buffer.concat([this.tail, bytes]).subarray(-keptTailBytes);
  }
}
