import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openCommandParser, type ParsedCommand } from './command-parser';

interface Recorded {
  columns: number;
  steps: ({ output: string } | { typed: string })[];
}

/** Real shells at a real terminal, with what was typed between what came out. */
const readFixture = (name: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8')) as Recorded;

/** `size`: in how many bytes at a time it comes. */
function replay({ columns, steps }: Recorded, size = Infinity) {
  const parser = openCommandParser('K1', columns);
  const commands = new Map<number, ParsedCommand>();
  const bytes: Buffer[] = [];
  let at = 0;
  const take = (events: ReturnType<typeof parser.feed>) => {
    for (const event of events) {
      if (event.type === 'withdrawn') commands.delete(event.index);
      else if ('command' in event) commands.set(event.command.index, event.command);
    }
  };
  for (const step of steps) {
    at += 100;
    if ('typed' in step) parser.typed(step.typed);
    else {
      const output = Buffer.from(step.output);
      bytes.push(output);
      for (let from = 0; from < output.length; from += size)
        take(parser.feed(output.subarray(from, Math.min(output.length, from + size)), at));
    }
  }
  take(parser.end(at, 3));
  const all = Buffer.concat(bytes);
  return [...commands.values()].map((command) => ({
    ...command,
    output: all.toString('utf8', command.outputFrom, command.outputTo!).replaceAll('\r', ''),
  }));
}

const brief = (commands: ReturnType<typeof replay>) =>
  commands.map(({ text, exitCode, depth, shell }) => [text, exitCode, depth, shell]);

const common = [
  ['cd /tmp; export X="a b"', 0],
  ['unset X; false', 1],
] as const;

const expected = {
  bash: [
    ['echo hi', 0],
    ['for i in 1 2\ndo echo $i\ndone', 0],
    ['echo hi', 0],
    ['cat > a <<END\none $HOME\nEND', 0],
    ...common,
    [' echo kept out', 0],
    ['HISTCONTROL=ignorespace', 0],
    [' echo secret', 0],
    ['sleep 30', 130],
    ['clear', 0],
    ['printf "\\e[?1049h\\e[2Jfull\\e[?1049l"', 0],
    ['echo ä 漢 e\u0301', 0],
    ['sh', 4],
    ['echo within', 0, 1, 'dash'],
    ['exit 4', 4, 1, 'dash'],
    ['exit 3', 3],
  ],
  ash: [
    ['echo hi', 0],
    ['for i in 1 2\ndo echo $i\ndone', 0],
    ['echo hi', 0],
    ['cat > a <<END\none $HOME\nEND', 0],
    ...common,
    ['echo abcdefghijklmnopqrstuvwxyz01234567X9', 0],
    ['sleep 30', 130],
    ['clear', 0],
    ['vi /srv/work/b', 0],
    ['echo ä 漢 x', 0],
    ['ls /srv/bin/seq 1', 1],
    ['ls /srv/work/', 0],
    ['sh', 4],
    ['echo within', 0, 1, 'ash'],
    ['exit 4', 4, 1, 'ash'],
    ['sleep 1', 0],
    ['echo ahead', 0],
    ['exit 3', 3],
  ],
  dash: [
    ['echo hi', 0],
    ['for i in 1 2\ndo echo $i\ndone', 0],
    ['cat > a <<END\none $HOME\nEND', 0],
    ...common,
    ['echo wrong', 0],
    ['sleep 30', 130],
    ['clear', 0],
    ['vi /srv/work/b', 0],
    ['echo ä 漢 x', 0],
    ['bash', 4],
    ['echo within', 0, 1, 'bash'],
    ['exit 4', 4, 1, 'bash'],
    ['sleep 1', 0],
    ['echo ahead', 0],
    ['exit 3', 3],
  ],
} as const;

const shells = ['bash', 'ash', 'dash'] as const;

test.each(shells)('%s: every command as typed, with its exit code, wherever its bytes are cut', (shell) => {
  const wanted = expected[shell].map(([text, code, depth = 0, within = shell]) => [
    text,
    code,
    depth,
    within,
  ]);
  const recorded = readFixture(`${shell}.json`);
  expect(brief(replay(recorded))).toEqual(wanted);
  expect(replay(recorded, 1)).toEqual(replay(recorded));
  expect(replay(recorded, 7)).toEqual(replay(recorded));
});

test.each(shells)('%s: the folder, the output and the variables of a command', (shell) => {
  const commands = replay(readFixture(`${shell}.json`));
  const find = (text: string) => commands.find((command) => command.text === text)!;
  expect(find('echo hi')).toMatchObject({ output: 'hi\n', directory: '/srv/work', user: 'root' });
  expect(find('for i in 1 2\ndo echo $i\ndone').output).toBe('1\n2\n');
  expect(find(common[0][0]).environment).toEqual([{ name: 'X', value: 'a b' }]);
  expect(find(common[1][0])).toMatchObject({ directory: '/tmp', environment: [{ name: 'X', value: null }] });
});

test.each(shells)('%s: a terminal that is connected to anew knows where its shell was', (shell) => {
  const { columns, steps } = readFixture(`${shell}.json`);
  const first = steps.findIndex((step) => 'typed' in step);
  const resumed = openCommandParser('K1', columns);
  const before = steps.slice(0, first).map((step) => ('output' in step ? step.output : ''));
  expect(resumed.resume(Buffer.from(before.join('')))).toBe('/srv/work');
  const events = steps
    .slice(first)
    .flatMap((step) =>
      'typed' in step ? (resumed.typed(step.typed), []) : resumed.feed(Buffer.from(step.output), 1),
    );
  const [command] = events.filter((event) => event.type === 'ended');
  expect(command).toMatchObject({
    command: { text: 'echo hi', exitCode: 0, index: 1, directory: '/srv/work' },
  });
});

test('marks with another key, as in a file that is shown, are text', () => {
  const recorded = readFixture('bash.json');
  const parser = openCommandParser('other', 80);
  const all = recorded.steps.flatMap((step) =>
    'output' in step ? parser.feed(Buffer.from(step.output), 1) : [],
  );
  expect(all).toEqual([]);
  expect(parser.end(1, 0)).toEqual([]);
});
