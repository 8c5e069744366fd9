import { EnteredLines } from './entered-lines';
import { type Mark, openMarks } from './marks';
import { type ParserEvent, ShellLevels } from './shell-levels';

export interface CommandParser {
  /** The next bytes of the terminal, and when they came (ms). */
  feed(bytes: Buffer, at: number): ParserEvent[];
  /** What its program had said to an earlier connection: no command in it is told again. Answers where its shell is. */
  resume(bytes: Buffer): string;
  /** What was sent to it: tells what was typed ahead from what its shell shows. */
  typed(text: string): void;
  resize(columns: number): void;
  /** Nothing more comes: its program ended with this code. */
  end(at: number, exitCode: number | null): ParserEvent[];
}

/** What each mark says, by its letter. */
function markHandlers(shells: ShellLevels, lines: EnteredLines): Record<string, (mark: Mark) => void> {
  return {
    I: (mark) => shells.onProcess(mark),
    D: (mark) => shells.onResult(mark),
    A(mark) {
      shells.onPrompt(mark, (shell) => lines.takeAhead(shell));
      lines.onPrompt(shells.top!.shell);
    },
    B() {
      if (shells.top) lines.onPromptEnd(shells.top.shell);
    },
    P() {
      if (shells.top?.open) lines.onFurtherPrompt(shells.top.shell, shells.top.open.text);
    },
    E: (mark) => shells.onHistory(mark, lines.drawn),
    C(mark) {
      if (!shells.top) return;
      shells.onRun(mark, lines.drawn);
      lines.onRun();
    },
    V: (mark) => shells.onVariables(mark),
  };
}

/** Reads commands out of a terminal whose shells tell of them by marks with this key. */
export function openCommandParser(key: string, columns: number): CommandParser {
  const shells = new ShellLevels();
  const lines = new EnteredLines(columns);
  const handlers = markHandlers(shells, lines);
  let readTo = 0;

  const marks = openMarks(key, {
    text(bytes, from) {
      readTo = from + bytes.length;
      const entered = lines.draw(bytes, shells.top?.shell ?? '');
      if (entered) shells.begin(entered.text, from + entered.length);
    },
    mark(mark) {
      readTo = mark.to;
      handlers[mark.letter]?.(mark);
    },
  });

  return {
    feed(bytes, at) {
      shells.now = at;
      marks.feed(bytes);
      return shells.takeEvents();
    },
    resume(bytes) {
      marks.feed(bytes);
      return shells.restart();
    },
    typed: (text) => lines.typed(text),
    resize: (width) => lines.resize(width),
    end(at, exitCode) {
      shells.now = at;
      shells.end(exitCode, readTo);
      return shells.takeEvents();
    },
  };
}
