import { environmentChanges, parseExported } from './exported';
import { type Mark, readFields, unescapeText } from './marks';
import type { RecordedCommand } from './schema';

/** A command as read from the terminal. */
export type ParsedCommand = Omit<RecordedCommand, 'number' | 'terminal' | 'changes' | 'changeCount'> & {
  /** Counts from 1 within the terminal. */
  index: number;
  /** Byte offset of its prompt. */
  promptFrom: number;
};

export type ParserEvent =
  | { type: 'prompt'; shell: string; depth: number; directory: string; from: number }
  /** Process id of the first program. */
  | { type: 'process'; pid: number }
  /** Sent again when more is known. */
  | { type: 'begun' | 'ended'; command: ParsedCommand }
  /** Not a command: a completion list, or input cancelled by Ctrl-C. */
  | { type: 'withdrawn'; index: number };

interface Level {
  pid: string;
  shell: string;
  user: string;
  directory: string;
  environment: Map<string, string> | null;
  open: ParsedCommand | null;
  /** The last ended command; its variables are reported after its end. */
  ended: ParsedCommand | null;
  /** Number of bash's latest history entry. */
  history: string;
}

const newLevel = (pid: string): Level => ({
  pid,
  shell: '',
  user: '',
  directory: '',
  environment: null,
  open: null,
  ended: null,
  history: '',
});

/** BusyBox draws wide characters as `?`; its history has the originals. */
function sameText(drawn: string, kept: string | null): string {
  if (kept === null) return drawn;
  const shown = Array.from(drawn);
  const meant = Array.from(kept);
  const same = meant.length === shown.length;
  return same && meant.every((character, at) => shown[at] === character || shown[at] === '?') ? kept : drawn;
}

/** The nested shells of a terminal, and the command that each runs. */
export class ShellLevels {
  /** Arrival time of the current bytes, in ms since 1970. */
  now = 0;
  private levels: Level[] = [];
  private events: ParserEvent[] = [];
  private index = 0;
  private promptFrom = 0;
  private historyText: string | null = null;
  private result: { code: number | null; from: number } | null = null;
  private processKnown = false;

  get top(): Readonly<Level> | undefined {
    return this.levels.at(-1);
  }

  takeEvents(): ParserEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  onProcess({ payload }: Mark): void {
    const pid = Number(readFields(payload).pid);
    if (!this.processKnown && Number.isSafeInteger(pid) && pid > 0)
      this.events.push({ type: 'process', pid });
    this.processKnown = true;
  }

  onResult({ payload, from }: Mark): void {
    const code = Number.parseInt(payload, 10);
    this.result = { code: Number.isNaN(code) ? null : code, from };
  }

  /** `takeAhead` returns a line of type-ahead that is not echoed again. */
  onPrompt(mark: Mark, takeAhead: (shell: string) => string | null): void {
    const { pid = '', sh = '', user = '', cwd = '' } = readFields(mark.payload);
    const level = this.enter(pid, mark.to, takeAhead);
    level.directory = level.shell === 'bash' || sh === 'bash' ? unescapeText(cwd) : cwd;
    level.shell = sh;
    level.user = user;
    this.promptFrom = this.result?.from ?? mark.from;
    this.result = null;
    this.historyText = null;
    const { directory } = level;
    const depth = this.levels.length - 1;
    this.events.push({ type: 'prompt', shell: sh, directory, depth, from: this.promptFrom });
  }

  onVariables({ payload }: Mark): void {
    const level = this.levels.at(-1);
    if (!level) return;
    const after = parseExported(level.shell === 'bash' ? unescapeText(payload) : payload);
    if (level.environment && level.ended) {
      const environment = environmentChanges(level.environment, after);
      if (environment.length) this.events.push({ type: 'ended', command: { ...level.ended, environment } });
    }
    level.environment = after;
  }

  /**
   * bash reports the history entry before the command runs, ash after. If bash did not store the command, the number is
   * that of the previous entry, and the drawn line is used.
   */
  onHistory({ payload }: Mark, drawn: string): void {
    const level = this.levels.at(-1);
    if (level?.shell === 'ash') {
      this.historyText = /^\s*\d+ ([\s\S]*)$/.exec(payload)?.[1] ?? null;
      return;
    }
    const [, number = '', entry = ''] = /^\s*(\d+)\*? {1,2}([\s\S]*)$/.exec(unescapeText(payload)) ?? [];
    const stale = number === '' || (number === level?.history && drawn !== '' && drawn !== entry);
    this.historyText = stale ? drawn : entry;
    if (level) level.history = number;
  }

  onRun({ to }: Mark, drawn: string): void {
    this.begin(this.historyText ?? drawn, to);
    this.historyText = null;
  }

  /** The innermost shell runs a command, or continues a multi-line command. */
  begin(text: string, outputFrom: number): void {
    const level = this.levels.at(-1)!;
    level.open = {
      index: level.open?.index ?? ++this.index,
      text,
      directory: level.directory,
      user: level.user,
      shell: level.shell,
      depth: this.levels.length - 1,
      exitCode: null,
      startedAt: this.now,
      endedAt: null,
      outputFrom,
      outputTo: null,
      promptFrom: this.promptFrom,
      environment: [],
    };
    this.events.push({ type: 'begun', command: level.open });
  }

  /** Restarts the count after a reconnection, which has ended the open commands. Returns the shell's directory. */
  restart(): string {
    const prompt = this.takeEvents().findLast((event) => event.type === 'prompt');
    this.index = 0;
    for (const level of this.levels) level.open = level.ended = null;
    return prompt?.directory ?? '';
  }

  /** The program of the terminal ended, after `to` bytes. */
  end(exitCode: number | null, to: number): void {
    const [outermost] = this.levels;
    for (const level of this.levels.toReversed())
      this.close(level, level === outermost ? exitCode : null, to);
    this.levels = [];
  }

  /** The level of the shell that shows a prompt: its nested shells and its command have ended. */
  private enter(pid: string, at: number, takeAhead: (shell: string) => string | null): Level {
    const known = this.levels.findIndex((level) => level.pid === pid);
    if (known < 0) {
      const level = newLevel(pid);
      this.levels.push(level);
      return level;
    }
    const { code, from: to } = this.result ?? { code: null, from: at };
    for (const level of this.levels.splice(known + 1).toReversed()) this.close(level, code, to);
    const level = this.levels[known]!;
    level.ended = null;
    const ahead = level.open ? null : takeAhead(level.shell);
    if (ahead !== null) this.begin(ahead, at);
    this.close(level, code, to);
    return level;
  }

  private close(level: Level, exitCode: number | null, outputTo: number) {
    const { open } = level;
    level.open = null;
    if (!open) return;
    if (level.shell === 'ash') open.text = sameText(open.text, this.historyText);
    if (level.shell !== 'bash' && exitCode === 130 && open.text.endsWith('^C')) {
      this.events.push({ type: 'withdrawn', index: open.index });
      return;
    }
    level.ended = { ...open, exitCode, endedAt: this.now, outputTo };
    this.events.push({ type: 'ended', command: level.ended });
  }
}
