import { expect, test } from 'vitest';
import { formatWords, parseWords } from './command-line';

const words = (text: string) => {
  const parsed = parseWords(text);
  return parsed.ok ? parsed.words : parsed.reason;
};

test('a command line is split like in a shell', () => {
  expect(words(`sh -c 'echo "hello there"; sleep 1'`)).toEqual(['sh', '-c', 'echo "hello there"; sleep 1']);
  expect(words(`a "b \\" c" d\\ e "" f'g'h`)).toEqual(['a', 'b " c', 'd e', '', 'fgh']);
  expect(words('  $HOME *.txt > file ')).toEqual(['$HOME', '*.txt', '>', 'file']);
  expect(words('')).toEqual([]);
});

test('incomplete texts are refused with the reason', () => {
  expect(words(`sh -c 'echo`)).toContain('not closed');
  expect(words('echo \\')).toContain('backslash');
});

test('written text is read back unchanged', () => {
  for (const list of [['sh', '-c', `it's "quoted" $HOME`], ['', ' ', '\\', 'plain-1.2_3/x'], ['a\nb']])
    expect(words(formatWords(list))).toEqual(list);
});
