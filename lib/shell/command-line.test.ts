import { expect, test } from 'vitest';
import { formatWords, parseWords } from './command-line';

const words = (text: string) => {
  const parsed = parseWords(text);
  return parsed.ok ? parsed.words : parsed.reason;
};

test('a command line is taken apart as a shell does', () => {
  expect(words(`sh -c 'echo "hello there"; sleep 1'`)).toEqual(['sh', '-c', 'echo "hello there"; sleep 1']);
  expect(words(`a "b \\" c" d\\ e "" f'g'h`)).toEqual(['a', 'b " c', 'd e', '', 'fgh']);
  expect(words('  $HOME *.txt > file ')).toEqual(['$HOME', '*.txt', '>', 'file']);
  expect(words('')).toEqual([]);
});

test('what is not complete is refused with its reason', () => {
  expect(words(`sh -c 'echo`)).toContain('not closed');
  expect(words('echo \\')).toContain('backslash');
});

test('what is written is read again as it was', () => {
  for (const list of [['sh', '-c', `it's "quoted" $HOME`], ['', ' ', '\\', 'plain-1.2_3/x'], ['a\nb']])
    expect(words(formatWords(list))).toEqual(list);
});
