/**
 * Parses terminal text into styled pieces: SGR (`ESC [ … m`) only. Other complete control sequences are dropped, and
 * incomplete ones shown as symbols, so that no output can hide the text after it; invisible characters and those that
 * change the text direction are shown as symbols, too. The result is text, never HTML.
 *
 * Each line is parsed separately, because the viewer can start at any line.
 */
export type AnsiColour = number | string;

export interface AnsiStyle {
  /** 0 to 15 from the palette, or `rgb(r g b)`. */
  colour?: AnsiColour;
  ground?: AnsiColour;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  inverse?: boolean;
}

export interface AnsiPiece {
  text: string;
  style?: AnsiStyle;
  /** A symbol for an invisible character. */
  sign?: true;
}

// Escape characters, and control, direction and zero-width characters. Tabs, and the zero-width joiners of emoji and
// several scripts, are allowed.
const special =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

// ESC [ parameters intermediates final; ESC intermediates final; and the strings (OSC, DCS, SOS, PM, APC) to BEL or
// ESC \. Sticky and linear: each part is a simple class, and a string ends at the first ESC or BEL.
// eslint-disable-next-line no-control-regex
const csi = /\x1b\[([\x30-\x3f]*)([\x20-\x2f]*)([\x40-\x7e])/y;
// eslint-disable-next-line no-control-regex
const text = /\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/y;
// eslint-disable-next-line no-control-regex
const short = /\x1b[\x20-\x2f]*[\x30-\x4f\x51-\x57\x59\x5a\x5c\x60-\x7e]/y;

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

interface ControlSequence {
  length: number;
  /** Of `ESC [`: the final character, if it has no intermediates or private markers. */
  final?: string;
  parameters: string;
}

/** The complete control sequence at an escape character; null if it has no end. */
export function readSequence(line: string, at: number): ControlSequence | null {
  const control = matchAt(csi, line, at);
  if (control) {
    const [{ length }, parameters = '', intermediates, final] = control;
    const standard = !intermediates && !/^[<=>?]/.test(parameters); // `ESC [ > 4 m` concerns the keyboard
    return { length, parameters, ...(standard && { final }) };
  }
  const other = matchAt(text, line, at) ?? matchAt(short, line, at);
  return other && { length: other[0].length, parameters: '' };
}

/** Control characters in the notation of terminals (`^[`, `^G`: in every font); others by their code. */
function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `^${String.fromCodePoint(code ^ 0x40)}`;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The pieces of a line. */
export function parseAnsi(line: string): AnsiPiece[] {
  // Fast path: most lines have no special characters.
  special.lastIndex = 0;
  if (!special.test(line)) return line ? [{ text: line }] : [];

  const pieces: AnsiPiece[] = [];
  let style: AnsiStyle | undefined;
  let from = 0;
  const push = (piece: string, sign?: true) => {
    if (!piece) return;
    const last = pieces.at(-1);
    if (last && last.style === style && last.sign === sign && !sign) last.text += piece;
    else pieces.push({ text: piece, ...(style && { style }), ...(sign && { sign }) });
  };

  special.lastIndex = 0;
  for (let found = special.exec(line); found; found = special.exec(line)) {
    push(line.slice(from, found.index));
    const sequence = found[0] === '\x1b' ? readSequence(line, found.index) : null;
    if (sequence?.final === 'm') style = applySgr(style, sequence.parameters);
    if (!sequence) push(signOf(found[0]), true);
    from = found.index + (sequence ?? found[0]).length;
    special.lastIndex = from;
  }
  push(line.slice(from));
  return pieces;
}

/** The visible text of a line, for searching and copying. */
export const plainText = (line: string): string =>
  parseAnsi(line)
    .map((piece) => piece.text)
    .join('');

// More parameters than any program sends; limits the cost of a hostile line.
const maxParameters = 64;

/** The style after `ESC [ parameters m`. */
export function applySgr(before: AnsiStyle | undefined, parameters: string): AnsiStyle | undefined {
  let style: AnsiStyle = { ...before };
  const groups = parameters.split(';', maxParameters);
  for (let at = 0; at < groups.length; at++) {
    const group = groups[at] ?? '';
    const [first = '', ...rest] = group.split(':', 8);
    const code = first === '' ? 0 : Number(first);
    if (code === 38 || code === 48) {
      const own = rest.length > 0;
      const [colour, used] = extendedColour(own ? rest : groups.slice(at + 1, at + 5), own);
      if (colour !== undefined) style = { ...style, [code === 38 ? 'colour' : 'ground']: colour };
      if (!own) at += used;
    } else style = applyCode(style, code, rest[0]);
  }
  return Object.values(style).some((value) => value !== undefined) ? style : undefined;
}

/** `5;n` and `2;r;g;b`; with colons, a colour space may precede the r. Also the number of parameters read. */
function extendedColour(parameters: string[], colons: boolean): [AnsiColour | undefined, number] {
  const numbers = parameters.map((parameter) => (parameter === '' ? 0 : Number(parameter)));
  const valid = (values: number[]) =>
    values.every((value) => Number.isInteger(value) && value >= 0 && value <= 255);
  if (numbers[0] === 5) {
    const index = numbers[1] ?? 0;
    return [valid([index]) ? fromIndex(index) : undefined, 2];
  }
  if (numbers[0] === 2) {
    const skip = colons && numbers.length > 4 ? 2 : 1;
    const rgb = [numbers[skip] ?? 0, numbers[skip + 1] ?? 0, numbers[skip + 2] ?? 0];
    return [valid(rgb) ? `rgb(${rgb.join(' ')})` : undefined, 4];
  }
  return [undefined, 1];
}

/** xterm's 256 colours: the palette, a cube of 6 x 6 x 6, and 24 greys. */
function fromIndex(index: number): AnsiColour {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey} ${grey} ${grey})`;
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`;
}

const switches: Record<number, AnsiStyle> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: undefined, dim: undefined },
  23: { italic: undefined },
  24: { underline: undefined },
  27: { inverse: undefined },
  29: { strike: undefined },
  39: { colour: undefined },
  49: { ground: undefined },
};

/** Blinking is omitted for accessibility, and hidden text (8) is shown. */
function applyCode(style: AnsiStyle, code: number, variant: string | undefined): AnsiStyle {
  if (code === 0) return {};
  if (code === 4 && variant === '0') return { ...style, underline: undefined };
  if (code >= 30 && code <= 37) return { ...style, colour: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, ground: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, colour: code - 90 + 8 };
  if (code >= 100 && code <= 107) return { ...style, ground: code - 100 + 8 };
  const change = switches[code];
  return change ? { ...style, ...change } : style;
}

const attributes = [
  ['bold', 1],
  ['dim', 2],
  ['italic', 3],
  ['underline', 4],
  ['inverse', 7],
  ['strike', 9],
] as const;

function colourCode(code: 38 | 48, colour: AnsiColour | undefined): string[] {
  if (colour === undefined) return [];
  return [
    `${code};${typeof colour === 'number' ? `5;${colour}` : `2;${colour.slice(4, -1).replaceAll(' ', ';')}`}`,
  ];
}

/** The sequence that sets exactly this style. */
export function sgrOf(style: AnsiStyle | undefined): string {
  if (!style) return '\x1b[0m';
  const codes = attributes.filter(([name]) => style[name]).map(([, code]) => `;${code}`);
  const colours = [...colourCode(38, style.colour), ...colourCode(48, style.ground)].map(
    (code) => `;${code}`,
  );
  return `\x1b[0${codes.join('')}${colours.join('')}m`;
}
