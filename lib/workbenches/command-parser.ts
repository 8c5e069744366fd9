import { EnteredLines } from './entered-lines';
import { type Mark, openMarks } from './marks';
import { type ParserEvent, ShellLevels } from './shell-levels';

interface CommandParser {
  /** `at`: time of arrival in ms since 1970. */
  feed(bytes: Buffer, at: number): ParserEvent[];
  /** Output of an earlier connection, whose commands are not reported again. Returns the shell's directory. */
  resume(bytes: Buffer): string;
  /** Input that was sent, to recognise type-ahead. */
  typed(text: string): void;
  resize(columns: number): void;
  /** The program ended with this exit code. */
  end(at: number, exitCode: number | null): ParserEvent[];
}

/** Handlers of the marks, by letter. */
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

/** Reads the commands in a terminal's output from the marks that have this key. */
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
