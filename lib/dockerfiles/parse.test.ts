import { describe, expect, test } from 'vitest';
import { parseDockerfile } from './parse';

const read = (text: string) =>
  parseDockerfile(text).instructions.map(({ keyword, body, line, endLine }) => [
    keyword,
    body,
    line,
    endLine,
  ]);
const only = (text: string) => {
  const { instructions } = parseDockerfile(text);
  expect(instructions).toHaveLength(1);
  return instructions[0]!;
};

describe('lines are those that the builder reads', () => {
  test('comments and empty lines in between, blanks in front, and small letters', () => {
    expect(read('# a\n\n  from a \\\n  # b\n\n  as c\nrun  d\n')).toEqual([
      ['FROM', 'a as c', 3, 6],
      ['RUN', 'd', 7, 7],
    ]);
  });
  test('blanks are kept in a command, and after a continuation character', () => {
    expect(only('RUN a  b \\  \n  c').body).toBe('a  b   c');
    expect(only('COPY a  b \\\n  c').body).toBe('a b c');
  });
  test('an escaped escape character continues nothing', () => {
    expect(read('RUN a \\\\\nRUN b').map(([, body]) => body)).toEqual(['a \\\\', 'b']);
  });
  test('CRLF and a byte order mark are removed', () => {
    expect(read('\uFEFF# escape=`\r\nFROM a\r\nRUN b `\r\n  c\r\n')).toEqual([
      ['FROM', 'a', 2, 2],
      ['RUN', 'b   c', 3, 4],
    ]);
    expect(only('\uFEFFRUN b \\\r\n c\r\n').text).toBe('RUN b \\\n c');
  });
  test('the last line may end with a continuation', () => {
    expect(read('RUN a \\')).toEqual([['RUN', 'a', 1, 1]]);
  });
});

describe('directives', () => {
  test('stand above everything else, in any case, once', () => {
    const { directives, escape } = parseDockerfile('# Syntax = a/b:1 x\n#escape=`\n# syntax=c\nFROM a\n');
    expect([...directives]).toEqual([
      ['syntax', 'a/b:1 x'],
      ['escape', '`'],
    ]);
    expect(escape).toBe('`');
  });
  test.each(['\n# escape=`', '# a comment\n# escape=`', 'FROM a\n# escape=`', '# other=1\n# escape=`'])(
    'not behind something else: %j',
    (text) => expect(parseDockerfile(text).escape).toBe('\\'),
  );
});

describe('parts of an instruction', () => {
  test('flags end at the first other word', () => {
    const { flags, words } = only('COPY --link --from="b c" --x=a=b d --e f');
    expect(flags.map(({ name, value }) => [name, value])).toEqual([
      ['link', null],
      ['from', 'b c'],
      ['x', 'a=b'],
    ]);
    expect(words.map(({ text }) => text)).toEqual(['d', '--e', 'f']);
    expect(only('RUN -- --a b').args.text).toBe('--a b');
  });
  test('places are those of the file, through continued lines', () => {
    const text = 'FROM a\nCOPY --from=b \\\n  # why\n  c \\\n  d\n';
    const [, copy] = parseDockerfile(text).instructions;
    expect(copy!.words.map(({ from, to }) => text.slice(from, to))).toEqual(['c', 'd']);
    const [flag] = copy!.flags;
    expect(text.slice(flag!.valueSpan.from, flag!.valueSpan.to)).toBe('b');
    expect(text.slice(copy!.from, copy!.to)).toBe('COPY --from=b \\\n  # why\n  c \\\n  d');
  });
  test('JSON is JSON where it is an array of strings', () => {
    expect(only('COPY ["a b", "c"]')).toMatchObject({ json: true, words: [{ text: 'a b' }, { text: 'c' }] });
    expect(only("CMD ['a']").json).toBe(false);
    expect(only('CMD [1]').json).toBe(false);
  });
  test.each([
    [
      'ARG A B=1 C="x y"',
      [
        ['A', null],
        ['B', '1'],
        ['C', '"x y"'],
      ],
    ],
    [
      'ENV A=1 B=x\\ y',
      [
        ['A', '1'],
        ['B', 'x\\ y'],
      ],
    ],
    [
      'ENV A=b=c D=',
      [
        ['A', 'b=c'],
        ['D', ''],
      ],
    ],
    ['ENV A the rest = all', [['A', 'the rest = all']]],
    ['ENV A', [['A', null]]],
    [
      "ARG A='it''s' B",
      [
        ['A', "'it''s'"],
        ['B', null],
      ],
    ],
    ['LABEL "a b"=c', [['"a b"', 'c']]],
  ])('%s', (text, assignments) => {
    expect(only(text).assignments.map(({ name, value }) => [name, value])).toEqual(assignments);
  });
  test('the text after ONBUILD is an instruction', () => {
    expect(only('ONBUILD COPY --from=a b c').trigger).toMatchObject({
      keyword: 'COPY',
      flags: [{ name: 'from', value: 'a' }],
    });
    expect(only('ONBUILD').trigger).toBeNull();
  });
});

describe('here-documents', () => {
  const heredocs = (text: string) =>
    parseDockerfile(text).instructions[0]!.heredocs.map(({ name, content, expands }) => [
      name,
      content,
      expands,
    ]);

  test('follow the line that announces them', () => {
    expect(heredocs('RUN <<EOF\na\n# b\n\nEOF\nRUN c')).toEqual([['EOF', 'a\n# b\n\n', true]]);
    expect(heredocs('COPY <<A <<"B" /x/\n1\nA\n2\nB\n')).toEqual([
      ['A', '1\n', true],
      ['B', '2\n', false],
    ]);
    expect(heredocs("RUN cat 3<<-'E' - \n\ta\n\tE\n")).toEqual([['E', 'a\n', false]]);
    expect(heredocs('ONBUILD RUN << EOF\na\nEOF\n')).toEqual([['EOF', 'a\n', true]]);
    expect(heredocs('RUN <<EOF\r\na\r\nEOF\r\nRUN b')).toEqual([['EOF', 'a\n', true]]);
  });
  test('their lines are no instructions', () => {
    expect(read('RUN <<EOF && b\nFROM x\nEOF\nRUN c')).toEqual([
      ['RUN', '<<EOF && b\nFROM x\nEOF', 1, 3],
      ['RUN', 'c', 4, 4],
    ]);
  });
  test.each([
    'ENV A=<<EOF',
    'RUN ["<<EOF"]',
    'RUN a "<<EOF"',
    'RUN a<<<EOF',
    "RUN it's <<EOF",
    'RUN a \\<<EOF',
  ])('not in %s', (text) => expect(read(`${text}\nRUN b\n`)).toHaveLength(2));
  test('one that never ends goes to the end of the file', () => {
    expect(heredocs('RUN <<EOF\na\nb')).toEqual([['EOF', 'a\nb\n', true]]);
  });
});

test('half written text does no harm', () => {
  for (const text of [
    '',
    ' ',
    '\\',
    '\\\n',
    '# escape=',
    'FROM',
    'ARG',
    'ARG =',
    'ENV',
    'COPY --from',
    'RUN <<',
    '\0',
  ])
    expect(() => parseDockerfile(text)).not.toThrow();
});
