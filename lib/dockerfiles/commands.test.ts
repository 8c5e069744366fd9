import { expect, test } from 'vitest';
import { programOf, readCommands } from './commands';

const read = (text: string) =>
  readCommands(text, 0).map(({ words, separator }) => [words.map((word) => word.text).join(' '), separator]);

test('commands are split at separators', () => {
  expect(read('a b && c; d | e || f & g')).toEqual([
    ['a b', '&&'],
    ['c', ';'],
    ['d', '|'],
    ['e', '||'],
    ['f', '&'],
    ['g', ''],
  ]);
});

test('quotes, continued lines and comments are no separators', () => {
  expect(read('echo "a; b" \'c && d\' \\\n  # note; this\n  e \\; f')).toEqual([
    ['echo "a; b" \'c && d\' e \\; f', ''],
  ]);
  expect(read('a # b; c\nd')).toEqual([
    ['a', '\n'],
    ['d', ''],
  ]);
  expect(read('echo "never closed; x')).toEqual([['echo "never closed; x', '']]);
});

test('places are those of the whole text', () => {
  const [first, second] = readCommands('x; yy', 10);
  expect(first).toMatchObject({ from: 10, to: 11, separatorAt: { from: 11, to: 12 } });
  expect(second).toMatchObject({ from: 13, to: 15 });
});

test('the program is found after assignments and sudo', () => {
  const of = (text: string) => programOf(readCommands(text, 0)[0]!);
  expect(of('DEBIAN_FRONTEND=noninteractive sudo /usr/bin/apt-get -y install x')).toMatchObject({
    name: 'apt-get',
  });
  expect(of('A=1')).toBeNull();
  expect(of('if [ -f x ]')).toMatchObject({ name: '[' });
});
