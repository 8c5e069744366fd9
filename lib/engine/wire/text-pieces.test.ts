import { expect, test } from 'vitest';
import { TextPieces, type TextPiece } from './text-pieces';

function run(chunks: Uint8Array[]): TextPiece[] {
  const pieces = new TextPieces();
  const out = chunks.map((chunk) => pieces.push(chunk));
  return [...out, pieces.end()].filter((piece) => piece !== null);
}

const bytesOf = (pieces: TextPiece[]) =>
  Buffer.concat(pieces.map(({ text, raw }) => (raw ? Buffer.from(raw, 'base64') : Buffer.from(text))));

test('a character cut anywhere comes out whole', () => {
  const bytes = Buffer.from('a ü € 😀 z');
  for (let at = 0; at <= bytes.length; at++) {
    const pieces = run([bytes.subarray(0, at), bytes.subarray(at)]);
    expect(pieces.map((piece) => piece.text).join('')).toBe('a ü € 😀 z');
    expect(pieces.every((piece) => piece.raw === undefined)).toBe(true);
  }
});

test('bytes that are no UTF-8 are shown as replaced and kept exactly', () => {
  const bytes = Buffer.from([0x61, 0xff, 0xfe, 0x00, 0xc0, 0xaf, 0x62]);
  const pieces = run([bytes]);
  expect(pieces[0]!.text).toContain('\uFFFD');
  expect(bytesOf(pieces)).toEqual(bytes);
});

test('any bytes cut anywhere add up to themselves', () => {
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31);
  for (let round = 0; round < 200; round++) {
    const bytes = Buffer.from(
      Array.from({ length: 40 }, () => [0x61, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0xff][random() % 7]!),
    );
    const cut = random() % bytes.length;
    expect(bytesOf(run([bytes.subarray(0, cut), bytes.subarray(cut)]))).toEqual(bytes);
  }
});

test('a character that never ends is given out at the end', () => {
  expect(run([Buffer.from([0x61, 0xe2, 0x82])])).toEqual([
    { text: 'a' },
    { text: '\uFFFD', raw: Buffer.from([0xe2, 0x82]).toString('base64') },
  ]);
});

test('a byte order mark is text like any other', () => {
  expect(run([Buffer.from('\uFEFFx')])).toEqual([{ text: '\uFEFFx' }]);
});
