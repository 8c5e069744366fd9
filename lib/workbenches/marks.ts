/**
 * Our marks in a terminal's output: `ESC ] 133 ; <letter> ; lw=<key> ; … BEL`, FinalTerm's shell integration marks with a
 * key per workbench, so that marks in a printed file are not mistaken for the shell's.
 */
export interface Mark {
  /** A prompt start, B input start, P continuation prompt, E command text, C command start, D command end, V variables, I process. */
  letter: string;
  /** What follows the key. */
  payload: string;
  /** Byte offsets in the recording: of its first byte, and after its last. */
  from: number;
  to: number;
}

interface MarkReader {
  text: (bytes: Buffer, from: number) => void;
  mark: (mark: Mark) => void;
}

const begin = Buffer.from('\u001b]133;');
const bell = 7;
const escape = 27;

/** Longer sequences are not marks. The longest mark holds the environment; Linux limits a variable to 128 KB. */
const maxMarkBytes = 1024 * 1024;

/** Length of the end that could begin a mark. */
function openTail(bytes: Buffer): number {
  for (let length = Math.min(begin.length - 1, bytes.length); length > 0; length--)
    if (bytes.subarray(bytes.length - length).equals(begin.subarray(0, length))) return length;
  return 0;
}

/** The terminator of the mark at 0: BEL or `ESC \`; null if incomplete. */
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

/** Splits a byte stream into text and marks, across chunk boundaries; foreign sequences stay in the text. */
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
          if (held.length > maxMarkBytes) say(held.length);
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

/** Decodes the escapes of our bash script. */
export const unescapeText = (text: string): string =>
  text.replace(/\\([nea\\])/g, (_, letter: string) => escapes[letter]!);
