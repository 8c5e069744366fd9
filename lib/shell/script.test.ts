import { describe, expect, test } from 'vitest';
import { readScript } from './script';

const wordsOf = (text: string) =>
  readScript(text)?.commands.map((command) => command.words.map((word) => word.value ?? word.text));

describe('words and operators', () => {
  test.each([
    ['ls -l', [['ls', '-l']]],
    [`echo "a b" 'c d' e\\ f`, [['echo', 'a b', 'c d', 'e f']]],
    ['a && b || c; d | e', [['a'], ['b'], ['c'], ['d'], ['e']]],
    ['echo $(ls; pwd) `date; x` ${A:-b c}', [['echo', '$(ls; pwd)', '`date; x`', '${A:-b c}']]],
    ['echo "a $(echo ")") b" c', [['echo', '"a $(echo ")") b"', 'c']]],
    ['LANG=C sort -u x', [['sort', '-u', 'x']]],
    ['for i in 1 2; do echo $i; done', [['for', 'i', 'in', '1', '2'], ['do', 'echo', '$i'], ['done']]],
    ['apt-get install \\\n  httpd', [['apt-get', 'install', 'httpd']]],
    ['echo a#b # a comment', [['echo', 'a#b']]],
    ['make 2>&1 >log', [['make']]],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('assignments, redirections and here-documents', () => {
    const script = readScript('A=1 cat > /etc/motd <<EOF\nhello $A\nworld\nEOF\n')!;
    expect(script.commands).toHaveLength(1);
    expect(script.commands[0]!.assignments[0]!.text).toBe('A=1');
    expect(script.commands[0]!.redirects.map(({ operator, target }) => [operator, target?.value])).toEqual([
      ['>', '/etc/motd'],
      ['<<', 'EOF'],
    ]);
    expect(script.hereDocuments).toEqual([{ body: 'hello $A\nworld\n', quoted: false }]);
    const stripped = readScript("cat <<-'X' | sh\n\techo a\n\tX")!;
    expect(stripped.hereDocuments).toEqual([{ body: 'echo a\n', quoted: true }]);
    expect(stripped.operators).toEqual(['|']);
  });

  test('comments and a last operator are no part of it', () => {
    expect(readScript('make install # at last')!.text).toBe('make install');
    expect(readScript('make;')!.text).toBe('make');
    expect(readScript('a # b\nc')!.text).toBe('a\nc');
    expect(readScript('sleep 1 &')!.operators).toEqual(['&']);
    expect(readScript('make;')!.operators).toEqual([]);
  });

  test.each(['echo "open', "echo 'open", 'cat <<EOF\nnever ended', 'echo $(ls', 'echo `ls', 'cat >'])(
    '%j is no whole script',
    (text) => {
      expect(readScript(text)).toBeNull();
    },
  );
});
