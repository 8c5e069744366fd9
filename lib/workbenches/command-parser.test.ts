import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openCommandParser } from './command-parser';
import type { ParsedCommand } from './shell-levels';

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

test.each(shells)('%s: a terminal that is connected to again knows where its shell was', (shell) => {
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

const mark = (letter: string, payload = '') => `\u001b]133;${letter};lw=K1${payload && `;${payload}`}\u0007`;
const ended = (code: number) => `\u001b]133;D;${code};lw=K1\u0007`;
const prompt = (sh: string, pid: number, cwd = '/') => mark('A', `sh=${sh};pid=${pid};user=root;cwd=${cwd}`);
/** What a bash says from its prompt until a command runs. */
const bashRuns = (number: number, text: string) =>
  `$ ${mark('B')}${text}\r\n${mark('E', `  ${number}  ${text}`)}${mark('C')}`;

function openFed(columns = 80) {
  const parser = openCommandParser('K1', columns);
  return { ...parser, feedText: (text: string, at = 1) => parser.feed(Buffer.from(text), at) };
}

test('the first process that says its number is the program of the terminal', () => {
  const parser = openFed();
  expect(parser.feedText(mark('I', 'pid=none'))).toEqual([]);
  expect(openFed().feedText(mark('I', 'pid=7') + mark('I', 'pid=8'))).toEqual([{ type: 'process', pid: 7 }]);
});

test('a prompt of an outer shell ends the commands of the shells within', () => {
  const parser = openFed();
  parser.feedText(prompt('bash', 1) + bashRuns(1, 'bash'));
  parser.feedText(prompt('bash', 2) + bashRuns(1, 'sleep 9'), 2);
  const events = parser.feedText(ended(137) + prompt('bash', 1), 3);
  expect(events).toMatchObject([
    { type: 'ended', command: { text: 'sleep 9', depth: 1, exitCode: 137, endedAt: 3 } },
    { type: 'ended', command: { text: 'bash', depth: 0, exitCode: 137 } },
    { type: 'prompt', shell: 'bash', depth: 0, directory: '/' },
  ]);
});

test('the end of the program ends what runs: its exit code is that of the outermost command', () => {
  const parser = openFed();
  parser.feedText(prompt('bash', 1) + bashRuns(1, 'bash'));
  parser.feedText(prompt('bash', 2) + bashRuns(1, 'sleep 9'));
  expect(parser.end(5, 9)).toMatchObject([
    { type: 'ended', command: { text: 'sleep 9', exitCode: null, endedAt: 5 } },
    { type: 'ended', command: { text: 'bash', exitCode: 9, endedAt: 5 } },
  ]);
  expect(parser.end(6, 0)).toEqual([]);
});

test('the variables that a command changed come with it a second time', () => {
  const parser = openFed();
  const variables = (text: string) => mark('V', `declare -x HOME="/"\\n${text}`);
  parser.feedText(prompt('bash', 1) + variables('') + bashRuns(1, 'export A=1'));
  const events = parser.feedText(ended(0) + prompt('bash', 1) + variables('declare -x A="1"'));
  expect(events).toMatchObject([
    { type: 'ended', command: { index: 1, environment: [] } },
    { type: 'prompt' },
    { type: 'ended', command: { index: 1, environment: [{ name: 'A', value: '1' }] } },
  ]);
});

test('what bash was told not to keep is read from the screen', () => {
  const parser = openFed();
  parser.feedText(prompt('bash', 1) + bashRuns(1, 'ls') + ended(0) + prompt('bash', 1));
  const hidden = `$ ${mark('B')} echo secret\r\n${mark('E', '  1  ls')}${mark('C')}`;
  expect(parser.feedText(hidden)).toMatchObject([{ type: 'begun', command: { text: ' echo secret' } }]);
});

test('a list of completions is withdrawn, and the line goes on below it', () => {
  const parser = openFed();
  parser.feedText(`${prompt('dash', 1)}# ${mark('B')}`);
  parser.typed('ls');
  expect(parser.feedText('ls\r\n')).toMatchObject([{ type: 'begun', command: { index: 1, text: 'ls' } }]);
  parser.feedText(`a  b\r\n# ${mark('B')}ls a`);
  expect(parser.feedText('\r\n')).toMatchObject([{ type: 'begun', command: { index: 1, text: 'ls a' } }]);
  expect(parser.feedText(ended(0) + prompt('dash', 1))).toMatchObject([
    { type: 'ended', command: { index: 1, text: 'ls a', exitCode: 0 } },
    { type: 'prompt' },
  ]);
});

test('a line that goes on is one command, and one that Ctrl-C took back is none', () => {
  const parser = openFed();
  parser.feedText(`${prompt('dash', 1)}# ${mark('B')}`);
  parser.feedText('if true\r\n');
  parser.feedText(`${mark('P')}> ${mark('B')}`);
  expect(parser.feedText('then x\r\n')).toMatchObject([
    { type: 'begun', command: { index: 1, text: 'if true\nthen x' } },
  ]);
  parser.feedText(`${mark('P')}> ${mark('B')}`);
  parser.feedText('^C\r\n');
  expect(parser.feedText(ended(130) + prompt('dash', 1))).toMatchObject([
    { type: 'withdrawn', index: 1 },
    { type: 'prompt' },
  ]);
});

test('what was typed ahead is a command of a shell that does not show it again', () => {
  const parser = openFed();
  parser.feedText(`${prompt('dash', 1)}# ${mark('B')}`);
  parser.typed('sleep 1\r');
  parser.feedText('sleep 1\r\n');
  parser.typed('one\rtwo\r');
  parser.feedText(`one\r\ntwo\r\n${ended(0)}${prompt('dash', 1)}# ${mark('B')}`);
  expect(parser.feedText('1\r\n')).toMatchObject([{ type: 'begun', command: { index: 2, text: 'one' } }]);
  // The second said nothing before the next prompt.
  const events = parser.feedText(
    `${ended(0)}${prompt('dash', 1)}# ${mark('B')}${ended(1)}${prompt('dash', 1)}`,
  );
  expect(events).toMatchObject([
    { type: 'ended', command: { text: 'one', exitCode: 0 } },
    { type: 'prompt' },
    { type: 'begun', command: { index: 3, text: 'two' } },
    { type: 'ended', command: { text: 'two', exitCode: 1 } },
    { type: 'prompt' },
  ]);
});

test('a line is read at the width that the terminal was given meanwhile', () => {
  const parser = openFed(80);
  parser.resize(20);
  parser.feedText(`${prompt('ash', 1)}# ${mark('B')}`);
  const events = parser.feedText('echo 345678901234\r\n56\r\n');
  expect(events).toMatchObject([{ type: 'begun', command: { text: 'echo 345678901234' } }]);
  parser.feedText(`${ended(0)}${prompt('ash', 1)}# ${mark('B')}`);
  expect(parser.feedText('echo 6789012345678\r\n90\r\n')).toMatchObject([
    { type: 'begun', command: { text: 'echo 678901234567890' } },
  ]);
});

test('marks of a shell whose beginning was not seen say nothing', () => {
  const marks = mark('B') + mark('P') + mark('V', 'declare -x A="1"') + mark('C') + ended(0);
  expect(openFed().feedText(`${marks}ls\r\n`)).toEqual([]);
});
