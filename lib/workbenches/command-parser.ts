import { environmentChanges, parseExported } from './exported';
import { type Mark, openMarks, readFields, unescapeText } from './marks';
import type { RecordedCommand } from './schema';
import { TypedLine } from './typed-line';

/** A command as far as the terminal tells of it. */
export type ParsedCommand = Omit<RecordedCommand, 'number' | 'terminal' | 'changes' | 'changeCount'> & {
  /** Counts from 1 within the terminal. */
  index: number;
  /** Where the prompt begins in which it was typed. */
  promptFrom: number;
};

export type ParserEvent =
  | { type: 'prompt'; shell: string; depth: number; directory: string; from: number }
  /** Which process it is, said by the first program. */
  | { type: 'process'; pid: number }
  /** Also again, when more of it is known. */
  | { type: 'begun' | 'ended'; command: ParsedCommand }
  /** It was not one: a completion list, or Ctrl-C before its end. */
  | { type: 'withdrawn'; index: number };

interface Level {
  pid: string;
  shell: string;
  user: string;
  directory: string;
  environment: Map<string, string> | null;
  open: ParsedCommand | null;
  /** Ended last: what its variables say comes after it. */
  ended: ParsedCommand | null;
  /** bash's number of the newest entry of its history. */
  history: string;
}

/** Shells that show what is typed by themselves. */
const edits = new Set(['bash', 'ash']);

type Phase = 'output' | 'prompt' | 'typing';

/** Kept of what follows Enter, to find the prompt again when it was a list of completions. */
const keptTail = 4096;

/** A line as typed ahead, before its shell read it. */
// eslint-disable-next-line no-control-regex -- terminals speak in them
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const withoutControls = (text: string) => text.replace(controls, '').trim();

/** busybox draws wide characters as `?`; its history has them. */
function sameText(drawn: string, kept: string | null): string {
  if (kept === null) return drawn;
  const shown = Array.from(drawn);
  const meant = Array.from(kept);
  const same = meant.length === shown.length;
  return same && meant.every((character, at) => shown[at] === character || shown[at] === '?') ? kept : drawn;
}

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

/** Reads commands out of a terminal whose shells tell of them by marks with this key. */
export function openCommandParser(key: string, columns: number): CommandParser {
  const levels: Level[] = [];
  let events: ParserEvent[] = [];
  let phase: Phase = 'output';
  let now = 0;
  let index = 0;
  let offset = 0;
  let line = new TypedLine(columns, false);
  let width = columns;
  /** Lines of the command that were entered before this one. */
  let before = '';
  let text: string | null = null;
  let result: { code: number | null; from: number } | null = null;
  let promptFrom = 0;
  /** Bytes since Enter, while nothing else says that a command runs. */
  let tail: Buffer | null = null;
  let ahead = '';
  let typedHere = false;
  let processKnown = false;

  const top = () => levels.at(-1);

  function begin(level: Level, commandText: string, from: number) {
    const again = level.open;
    level.open = {
      index: again?.index ?? ++index,
      text: commandText,
      directory: level.directory,
      user: level.user,
      shell: level.shell,
      depth: levels.indexOf(level),
      exitCode: null,
      startedAt: now,
      endedAt: null,
      outputFrom: from,
      outputTo: null,
      promptFrom,
      environment: [],
    };
    events.push({ type: 'begun', command: level.open });
  }

  function close(level: Level, exitCode: number | null, to: number) {
    const { open } = level;
    level.open = null;
    if (!open) return;
    if (level.shell === 'ash') open.text = sameText(open.text, text);
    if (level.shell !== 'bash' && exitCode === 130 && open.text.endsWith('^C')) {
      events.push({ type: 'withdrawn', index: open.index });
      return;
    }
    level.ended = { ...open, exitCode, endedAt: now, outputTo: to };
    events.push({ type: 'ended', command: level.ended });
  }

  function enterLevel(fields: Record<string, string>): Level {
    const known = levels.findIndex((level) => level.pid === fields.pid);
    const to = result?.from ?? offset;
    if (known >= 0)
      for (const level of levels.splice(known + 1).toReversed()) close(level, result?.code ?? null, to);
    else
      levels.push({
        pid: fields.pid ?? '',
        shell: '',
        user: '',
        directory: '',
        environment: null,
        open: null,
        ended: null,
        history: '',
      });
    const level = top()!;
    level.ended = null;
    if (known >= 0) {
      if (!level.open && phase === 'typing' && aheadLine()) begin(level, takeAhead(), offset);
      close(level, result?.code ?? null, to);
    }
    return level;
  }

  /** Of a shell without an editor of its own: the terminal showed it when it was typed, and nobody shows it again. */
  const aheadLine = () => !typedHere && !edits.has(top()?.shell ?? '') && /[\r\n]/.test(ahead);

  function takeAhead(): string {
    const [first = ''] = ahead.split(/[\r\n]/, 1);
    ahead = ahead.slice(first.length + 1);
    return withoutControls(first);
  }

  function onPrompt(mark: Mark) {
    const fields = readFields(mark.payload);
    const level = enterLevel(fields);
    Object.assign(level, {
      shell: fields.sh ?? '',
      user: fields.user ?? '',
      directory:
        level.shell === 'bash' || fields.sh === 'bash' ? unescapeText(fields.cwd ?? '') : (fields.cwd ?? ''),
    });
    promptFrom = result?.from ?? mark.from;
    result = null;
    before = '';
    text = null;
    tail = null;
    phase = 'prompt';
    line = new TypedLine(width, level.shell === 'ash');
    const { shell, directory } = level;
    events.push({ type: 'prompt', shell, directory, depth: levels.length - 1, from: promptFrom });
  }

  function onProcess(payload: string) {
    const pid = Number(readFields(payload).pid);
    if (!processKnown && Number.isSafeInteger(pid) && pid > 0) events.push({ type: 'process', pid });
    processKnown = true;
  }

  function onVariables(payload: string) {
    const level = top();
    if (!level) return;
    const after = parseExported(level.shell === 'bash' ? unescapeText(payload) : payload);
    if (level.environment && level.ended) {
      const changed = environmentChanges(level.environment, after);
      if (changed.length) events.push({ type: 'ended', command: { ...level.ended, environment: changed } });
    }
    level.environment = after;
  }

  /** bash tells before it runs, ash after; what bash was told not to keep has the number of the entry before. */
  function onHistory(payload: string) {
    const level = top();
    if (level?.shell === 'ash') {
      text = /^\s*\d+ ([\s\S]*)$/.exec(payload)?.[1] ?? null;
      return;
    }
    const [, number = '', entry = ''] = /^\s*(\d+)\*? {1,2}([\s\S]*)$/.exec(unescapeText(payload)) ?? [];
    const typed = line.text();
    const stale = number === '' || (number === level?.history && typed !== '' && typed !== entry);
    text = stale ? typed : entry;
    if (level) level.history = number;
  }

  function onMark(mark: Mark) {
    offset = mark.to;
    const level = top();
    if (mark.letter === 'D') {
      const code = Number.parseInt(mark.payload, 10);
      result = { code: Number.isNaN(code) ? null : code, from: mark.from };
    } else if (mark.letter === 'I') onProcess(mark.payload);
    else if (mark.letter === 'A') onPrompt(mark);
    else if (mark.letter === 'V') onVariables(mark.payload);
    else if (mark.letter === 'E') onHistory(mark.payload);
    else if (mark.letter === 'C' && level) {
      begin(level, text ?? line.text(), mark.to);
      text = null;
      phase = 'output';
    } else if (mark.letter === 'P' && level?.open && tail && phase === 'output') {
      before = `${level.open.text}\n`;
      tail = null;
      line = new TypedLine(width, level.shell === 'ash');
      phase = 'prompt';
    } else if (mark.letter === 'B' && level) onTyping();
  }

  function onTyping() {
    if (phase === 'output' && !tail) return; // of a shell that we have not seen begin
    if (phase === 'output') {
      // No prompt began: completions were listed, and the prompt is drawn again with what was typed.
      line = new TypedLine(width, top()!.shell === 'ash');
      drawAll(tail!);
      tail = null;
    }
    line.markStart();
    if (phase !== 'typing') typedHere = false;
    phase = 'typing';
  }

  /** Draws over line ends, as if each began a line. */
  function drawAll(bytes: Buffer) {
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(10, at);
      const next = end < 0 ? bytes.length : end + 1;
      if (line.draw(bytes.subarray(at, next))) line.clear();
      at = next;
    }
  }

  function onTyped(bytes: Buffer, from: number) {
    const level = top()!;
    if (level.shell === 'bash') return drawTyped(bytes);
    if (aheadLine()) {
      phase = 'output';
      begin(level, takeAhead(), from);
      return;
    }
    const end = bytes.indexOf(10);
    const next = end < 0 ? bytes.length : end + 1;
    if (!line.draw(bytes.subarray(0, next))) {
      if (next < bytes.length) onTyped(bytes.subarray(next), from + next);
      return;
    }
    phase = 'output';
    tail = Buffer.alloc(0);
    const entered = before + line.text();
    if (entered.trim() !== '') begin(level, entered, from + next);
    if (next < bytes.length) onText(bytes.subarray(next), from + next);
  }

  function drawTyped(bytes: Buffer) {
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(10, at);
      const next = end < 0 ? bytes.length : end + 1;
      line.draw(bytes.subarray(at, next));
      at = next;
    }
  }

  function onText(bytes: Buffer, from: number) {
    offset = from + bytes.length;
    if (phase === 'typing') onTyped(bytes, from);
    else if (phase === 'prompt') drawAll(bytes);
    else if (tail) tail = Buffer.concat([tail, bytes]).subarray(-keptTail);
  }

  const marks = openMarks(key, { text: onText, mark: onMark });
  const taken = () => {
    const all = events;
    events = [];
    return all;
  };

  return {
    feed(bytes, at) {
      now = at;
      marks.feed(bytes);
      return taken();
    },
    resume(bytes) {
      marks.feed(bytes);
      const prompt = taken().findLast((event) => event.type === 'prompt');
      index = 0;
      // What ran when it was lost was closed there.
      for (const level of levels) level.open = level.ended = null;
      return prompt?.directory ?? '';
    },
    typed(input) {
      if (phase === 'typing') {
        typedHere = true;
        ahead = input.replace(/^[^\r\n]*[\r\n]?/, '');
      } else ahead = (ahead + input).slice(-keptTail);
    },
    resize(next) {
      width = next;
      line.resize(next);
    },
    end(at, exitCode) {
      now = at;
      for (const level of levels.toReversed()) close(level, level === levels[0] ? exitCode : null, offset);
      levels.length = 0;
      return taken();
    },
  };
}
