/**
 * Parses the regular expressions that Docker makes of patterns (Go's RE2): only characters, escapes, classes, `.`,
 * `*` and optional directories.
 */

type Accepts = (codePoint: number) => boolean;

export type Token =
  /** One character. `text` if it can be only one. */
  | { kind: 'one'; accepts: Accepts; text?: string }
  /** Any number of characters. */
  | { kind: 'many'; accepts: Accepts }
  /** The tokens up to `end` are optional. */
  | { kind: 'optional'; end: number }
  /** Matches no character. −1 stands for before the first and after the last. */
  | { kind: 'assertion'; holds: (before: number, after: number) => boolean };

type Range = readonly [from: number, to: number];

const ranges = (...texts: string[]): Range[] =>
  texts.map((text) => [text.codePointAt(0)!, text.codePointAt(text.length - 1)!]);
const inRanges =
  (all: readonly Range[]): Accepts =>
  (codePoint) =>
    all.some(([from, to]) => from <= codePoint && codePoint <= to);
const not =
  (accepts: Accepts): Accepts =>
  (codePoint) =>
    !accepts(codePoint);

const any: Accepts = () => true;
const slash = '/'.codePointAt(0)!;
const isSlash: Accepts = (codePoint) => codePoint === slash;

const perlClasses: Record<string, Accepts> = {
  d: inRanges(ranges('0-9')),
  s: inRanges(ranges('\t', '\n', '\f', '\r', ' ')),
  w: inRanges(ranges('0-9', 'A-Z', 'a-z', '_')),
};
const isWord = perlClasses.w!;

/** ASCII only, as in RE2. */
const posixClasses: Record<string, Accepts> = {
  alnum: inRanges(ranges('0-9', 'A-Z', 'a-z')),
  alpha: inRanges(ranges('A-Z', 'a-z')),
  ascii: inRanges(ranges('\0-\x7f')),
  blank: inRanges(ranges('\t', ' ')),
  cntrl: inRanges(ranges('\0-\x1f', '\x7f')),
  digit: inRanges(ranges('0-9')),
  graph: inRanges(ranges('!-~')),
  lower: inRanges(ranges('a-z')),
  print: inRanges(ranges(' -~')),
  punct: inRanges(ranges('!-/', ':-@', '[-`', '{-~')),
  space: inRanges(ranges('\t-\r', ' ')),
  upper: inRanges(ranges('A-Z')),
  word: isWord,
  xdigit: inRanges(ranges('0-9', 'A-F', 'a-f')),
};

const assertions: Record<string, (before: number, after: number) => boolean> = {
  A: (before) => before === -1,
  z: (_before, after) => after === -1,
  b: (before, after) => isWord(before) !== isWord(after),
  B: (before, after) => isWord(before) === isWord(after),
};
const controls: Record<string, string> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const isPunctuation = posixClasses.punct!;
const optionalFolders = '(.*/)?';

class Parser {
  private at = 0;
  private readonly characters: readonly string[];

  constructor(expression: string) {
    this.characters = Array.from(expression);
  }

  private comes(text: string): boolean {
    for (let index = 0; index < text.length; index++)
      if (this.characters[this.at + index] !== text[index]) return false;
    return true;
  }

  private wrong(what: string): Error {
    return new Error(`${what} at character ${this.at}`);
  }

  parse(): Token[] {
    const tokens: Token[] = [];
    while (this.at < this.characters.length) {
      if (this.comes(optionalFolders)) {
        this.at += optionalFolders.length;
        const end = tokens.length + 3;
        tokens.push({ kind: 'optional', end }, { kind: 'many', accepts: any });
        tokens.push({ kind: 'one', accepts: isSlash });
        continue;
      }
      const token = this.atom();
      if (this.characters[this.at] !== '*') tokens.push(token);
      else if (token.kind === 'one') {
        this.at++;
        tokens.push({ kind: 'many', accepts: token.accepts });
      } else throw this.wrong('nothing to repeat');
    }
    return tokens;
  }

  private atom(): Token {
    const character = this.characters[this.at++]!;
    if (character === '.') return { kind: 'one', accepts: any };
    if (character === '^') return { kind: 'assertion', holds: assertions.A! };
    if (character === '[') return { kind: 'one', accepts: this.characterClass() };
    if (character !== '\\') return literal(character);
    const escaped = this.characters[this.at] ?? '';
    const holds = assertions[escaped];
    if (holds) this.at++;
    return holds ? { kind: 'assertion', holds } : this.escape();
  }

  /** An escape, after its backslash. */
  private escape(): Token & { kind: 'one' } {
    const character = this.characters[this.at++] ?? '';
    const perl = perlClasses[character.toLowerCase()];
    if (perl) return { kind: 'one', accepts: character === character.toLowerCase() ? perl : not(perl) };
    const plain = controls[character] ?? character;
    if (plain !== character || isPunctuation(character.codePointAt(0) ?? -1)) return literal(plain);
    throw this.wrong(`an unknown escape “\\${character}”`);
  }

  private characterClass(): Accepts {
    const negated = this.characters[this.at] === '^';
    if (negated) this.at++;
    const members: Accepts[] = [];
    while (this.characters[this.at] !== ']' || members.length === 0) {
      if (this.at >= this.characters.length) throw this.wrong('an unclosed character class');
      members.push(this.posixClass() ?? this.memberOrRange());
    }
    this.at++;
    const accepts: Accepts = (codePoint) => members.some((member) => member(codePoint));
    return negated ? not(accepts) : accepts;
  }

  /** `[:alpha:]`, `[:^alpha:]` */
  private posixClass(): Accepts | null {
    const found = /^\[:(\^?)(\w+):\]/.exec(this.characters.slice(this.at, this.at + 12).join(''));
    if (!found) return null;
    const accepts = Object.hasOwn(posixClasses, found[2]!) ? posixClasses[found[2]!] : undefined;
    if (!accepts) throw this.wrong('an unknown character class');
    this.at += found[0].length;
    return found[1] ? not(accepts) : accepts;
  }

  private member(): Token & { kind: 'one' } {
    const character = this.characters[this.at++];
    if (character === undefined) throw this.wrong('an unclosed character class');
    return character === '\\' ? this.escape() : literal(character);
  }

  private memberOrRange(): Accepts {
    const from = this.member();
    const isRange = this.characters[this.at] === '-' && this.characters[this.at + 1] !== ']';
    if (!isRange || from.text === undefined) return from.accepts;
    this.at++;
    const to = this.member();
    const range: Range = [from.text.codePointAt(0)!, to.text?.codePointAt(0) ?? -1];
    if (range[0] > range[1]) throw this.wrong('a range in reverse order');
    return inRanges([range]);
  }
}

function literal(text: string): Token & { kind: 'one' } {
  const codePoint = text.codePointAt(0)!;
  return { kind: 'one', accepts: (other) => other === codePoint, text };
}

/** Throws an Error for what Go refuses. */
export const parseExpression = (expression: string): Token[] => new Parser(expression).parse();
