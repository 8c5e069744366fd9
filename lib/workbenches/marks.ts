/**
 * Finds our marks in a terminal's bytes: `ESC ] 133 ; <letter> ; lw=<key> ; … BEL`, the marks of FinalTerm that shells
 * and terminals agree on, with a key of the workbench's own, so that a file with marks in it that is shown in the
 * terminal is not taken for the shell.
 */
export interface Mark {
  /** A prompt begins, B what is typed begins, P a further line's prompt begins, E the text, C it runs, D it ended, V variables, I process. */
  letter: string;
  /** What follows the key. */
  payload: string;
  /** Bytes from the beginning of the recording: of its first byte, and after its last. */
  from: number;
  to: number;
}

export interface MarkReader {
  text: (bytes: Buffer, from: number) => void;
  mark: (mark: Mark) => void;
}

const begin = Buffer.from('\u001b]133;');
const bell = 7;
const escape = 27;

/** A mark of ours that is longer than this is none: the environment is the longest, and 128 KB is the kernel's limit. */
const longest = 1024 * 1024;

/** How much of the end could be the beginning of a mark. */
function openTail(bytes: Buffer): number {
  for (let length = Math.min(begin.length - 1, bytes.length); length > 0; length--)
    if (bytes.subarray(bytes.length - length).equals(begin.subarray(0, length))) return length;
  return 0;
}

/** Where the mark that begins at 0 ends: its BEL or `ESC \`; -1 while that has not come. */
function endOf(bytes: Buffer): { at: number; length: number } | null {
  for (let at = begin.length; at < bytes.length; at++) {
    if (bytes[at] === bell) return { at, length: 1 };
    if (bytes[at] === escape) return { at, length: bytes[at + 1] === 0x5c ? 2 : 0 };
  }
  return null;
}

function parse(content: string, key: string): Pick<Mark, 'letter' | 'payload'> | null {
  const parts = /^([A-Z])(?:;(-?\d+))?;lw=([0-9a-zA-Z]+)(?:;([\s\S]*))?$/.exec(content);
  if (!parts || parts[3] !== key) return null;
  return { letter: parts[1]!, payload: parts[2] ?? parts[4] ?? '' };
}

/** Splits bytes as they come into text and marks, wherever they are cut; what is not ours stays in the text. */
export function openMarks(key: string, reader: MarkReader) {
  let held: Buffer = Buffer.alloc(0);
  let offset = 0; // of the first byte of `held`

  function say(length: number) {
    if (length > 0) reader.text(held.subarray(0, length), offset);
    held = held.subarray(length);
    offset += length;
  }

  return {
    feed(bytes: Buffer) {
      held = held.length ? Buffer.concat([held, bytes]) : bytes;
      for (;;) {
        const at = held.indexOf(begin);
        if (at < 0) return say(held.length - openTail(held));
        say(at);
        const end = endOf(held);
        if (!end) {
          if (held.length > longest) say(held.length);
          return;
        }
        const length = end.at + end.length;
        const content = held.toString('utf8', begin.length, end.at).replaceAll('\r\n', '\n');
        const mark = parse(content, key);
        if (!mark) {
          say(Math.max(length, begin.length));
          continue;
        }
        const from = offset;
        held = held.subarray(length);
        offset += length;
        reader.mark({ ...mark, from, to: offset });
      }
    },
  };
}

/** `a=1;b=2` */
export function readFields(payload: string): Record<string, string> {
  const fields: Record<string, string> = {};
  // The directory comes last and may hold a semicolon.
  const [head = '', ...directory] = payload.split(/;?cwd=/);
  for (const field of head.split(';')) {
    const at = field.indexOf('=');
    if (at > 0) fields[field.slice(0, at)] = field.slice(at + 1);
  }
  if (directory.length) fields.cwd = directory.join('cwd=');
  return fields;
}

const escapes: Record<string, string> = { n: '\n', e: '\u001b', a: '\u0007', '\\': '\\' };

/** What bash wrote with its control characters escaped. */
export const unescapeText = (text: string): string =>
  text.replace(/\\([nea\\])/g, (_, letter: string) => escapes[letter]!);
