import { expect, test } from 'vitest';
import { foldLines, type LogLine, maxLineCharacters, type OpenLine } from './lines';

function fold(...pieces: ([string] | [string, 'stderr'])[]) {
  let open: OpenLine = null;
  const lines: LogLine[] = [];
  for (const [text, stream] of pieces) {
    const folded = foldLines(open, stream ?? 'stdout', text);
    lines.push(...folded.ended);
    open = folded.open;
  }
  return [...lines, ...(open ? [open] : [])].map((line) =>
    line.stream === 'stderr' ? `!${line.text}` : line.text,
  );
}

test('pieces become lines wherever they are cut', () => {
  expect(fold(['a\nb'], ['c\n'], ['\nd'])).toEqual(['a', 'bc', '', 'd']);
});

test('the other stream starts a new line', () => {
  expect(fold(['half'], ['err\n', 'stderr'], ['more\n'])).toEqual(['half', '!err', 'more']);
});

test('a carriage return overwrites the line, a line end of two characters does not', () => {
  expect(fold([' 10%\r 20%\r'], ['100%\n'])).toEqual(['100%']);
  expect(fold(['dos\r'], ['\nunix\n'])).toEqual(['dos', 'unix']);
  expect(fold(['waiting\r'])).toEqual(['waiting\r']);
});

test('an endless line is cut, never within a character', () => {
  const lines = fold([`${'x'.repeat(maxLineCharacters - 1)}😀${'y'.repeat(10)}\n`]);
  expect(lines.map((line) => line.length)).toEqual([maxLineCharacters - 1, 12]);
  expect(lines.join('')).toContain('😀');
});

test('a progress bar of a million updates stays one short line', () => {
  let open: OpenLine = null;
  for (let n = 0; n < 1000; n++) open = foldLines(open, 'stdout', `${'#'.repeat(n % 60)}\r`).open;
  expect(open!.text.length).toBeLessThan(61);
});
