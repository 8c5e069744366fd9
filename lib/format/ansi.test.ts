import { expect, test } from 'vitest';
import { parseAnsi, plainText, sgrOf } from './ansi';

const esc = '\x1b';

test('a plain line is one piece, an empty one none', () => {
  expect(parseAnsi('Step 1/7 : FROM centos:7')).toEqual([{ text: 'Step 1/7 : FROM centos:7' }]);
  expect(parseAnsi('')).toEqual([]);
});

test('markup stays text', () => {
  const line = '<script>alert(1)</script><img src=x onerror=alert(1)>';
  expect(parseAnsi(line)).toEqual([{ text: line }]);
});

test('colours, bright colours and attributes are switched on and off', () => {
  expect(parseAnsi(`${esc}[31mred${esc}[0m plain ${esc}[1;92;44mloud${esc}[22;39mless`)).toEqual([
    { text: 'red', style: { colour: 1 } },
    { text: ' plain ' },
    { text: 'loud', style: { bold: true, colour: 10, ground: 4 } },
    { text: 'less', style: { ground: 4 } },
  ]);
});

test('an empty parameter means reset', () => {
  expect(parseAnsi(`${esc}[31ma${esc}[mb${esc}[31;mc`)).toEqual([
    { text: 'a', style: { colour: 1 } },
    { text: 'bc' },
  ]);
});

test('256 colours map to the palette, the cube and the greys', () => {
  const colourOf = (index: number) => parseAnsi(`${esc}[38;5;${index}mx`)[0]?.style?.colour;
  expect(colourOf(9)).toBe(9);
  expect(colourOf(16)).toBe('rgb(0 0 0)');
  expect(colourOf(208)).toBe('rgb(255 135 0)');
  expect(colourOf(231)).toBe('rgb(255 255 255)');
  expect(colourOf(232)).toBe('rgb(8 8 8)');
  expect(colourOf(255)).toBe('rgb(238 238 238)');
});

test('24-bit colours work with semicolons and with colons', () => {
  expect(parseAnsi(`${esc}[38;2;1;2;3;1mx`)[0]?.style).toEqual({ colour: 'rgb(1 2 3)', bold: true });
  expect(parseAnsi(`${esc}[38:2::1:2:3mx`)[0]?.style).toEqual({ colour: 'rgb(1 2 3)' });
  expect(parseAnsi(`${esc}[48:2:1:2:3mx`)[0]?.style).toEqual({ ground: 'rgb(1 2 3)' });
  expect(parseAnsi(`${esc}[48:5:4mx`)[0]?.style).toEqual({ ground: 4 });
});

test('a colour out of range is no colour, and never reaches a style', () => {
  expect(parseAnsi(`${esc}[38;2;999;0;0mx`)).toEqual([{ text: 'x' }]);
  expect(parseAnsi(`${esc}[38;5;256mx`)).toEqual([{ text: 'x' }]);
  expect(parseAnsi(`${esc}[38;5mx`)[0]?.text).toBe('x');
});

test('cursor movements, erasing, titles, links and the clipboard are dropped; their visible text stays', () => {
  expect(plainText(`a${esc}[2K${esc}[1Gb${esc}[10;20Hc${esc}(Bd${esc}7e${esc}=f`)).toBe('abcdef');
  expect(plainText(`${esc}]0;title\x07x`)).toBe('x');
  expect(plainText(`${esc}]8;;javascript:alert(1)${esc}\\link${esc}]8;;${esc}\\`)).toBe('link');
  expect(plainText(`${esc}]52;c;ZXZpbA==\x07x`)).toBe('x');
  expect(plainText(`${esc}P$q"p${esc}\\x`)).toBe('x');
  expect(plainText(`${esc}[>4;2mx`)).toBe('x');
});

test('a sequence that does not end hides nothing', () => {
  expect(plainText(`before ${esc}]0;everything after this`)).toBe('before ^[]0;everything after this');
  expect(plainText(`${esc}[31`)).toBe('^[[31');
  expect(plainText(`a${esc}`)).toBe('a^[');
  expect(plainText(`${esc}]0;a${esc}[31mb`)).toBe('^[]0;ab');
});

test('hidden text is shown', () => {
  expect(parseAnsi(`${esc}[8msecret`)).toEqual([{ text: 'secret' }]);
});

test('control characters and direction overrides become signs', () => {
  expect(parseAnsi('a\x00b\x07\x7f')).toEqual([
    { text: 'a' },
    { text: '^@', sign: true },
    { text: 'b' },
    { text: '^G', sign: true },
    { text: '^?', sign: true },
  ]);
  expect(plainText('user\u202Egnp.exe')).toBe('userU+202Egnp.exe');
  expect(plainText('\u2066x\u2069\u200b\ufeff\u009b31m')).toBe('U+2066xU+2069U+200BU+FEFFU+009B31m');
  expect(plainText('\u{E0041}')).toBe('U+E0041');
  expect(plainText('lone \ud800 half')).toBe('lone U+D800 half');
});

test('tabs, emoji with joiners and right-to-left words stay as they are', () => {
  for (const line of ['a\tb', '👩‍💻 done', 'שלום', 'é́́']) expect(parseAnsi(line)).toEqual([{ text: line }]);
});

test('a style is written as the sequence that sets it', () => {
  for (const codes of ['1;3;4;9', '2;7', '31', '92;44', '38;5;208', '48;2;1;2;3;1']) {
    const [piece] = parseAnsi(`${esc}[${codes}mx`);
    expect(parseAnsi(`${esc}[35m${sgrOf(piece!.style)}x`)).toEqual([piece]);
  }
  expect(parseAnsi(`${esc}[31ma${sgrOf(undefined)}b`).at(-1)).toEqual({ text: 'b' });
});

test('hostile lines do not hang the parsing', () => {
  for (const line of [
    `${esc}[`.repeat(4096),
    `${esc}]`.repeat(4096),
    `${esc}[${'1;'.repeat(8000)}mx`,
    `${esc}[${'9'.repeat(8000)}mx`,
    `${esc}${' '.repeat(8000)}`,
    `${esc}]${'a'.repeat(8000)}`,
    `${esc}[38;2;${';'.repeat(8000)}m`,
    'a\u0300'.repeat(4096),
  ])
    expect(parseAnsi(line)).toBeDefined();
});
