import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** What else the machine did shows in its load. */
export const machine = () =>
  `${os.cpus().length} processors, load of the last 15 minutes ${os.loadavg()[2]!.toFixed(1)}`;

/** One kill: what ran when it came, and what was wrong after it. */
export interface Kill {
  number: number;
  works: string[];
  /** The work whose start the kill waited for, if it was aimed. */
  aimed: string | null;
  /** From there, or else from the beginning. */
  afterMs: number;
  /** Kinds of the operations that were queued or running. */
  struck: string[];
  problems: string[];
}

export interface Trial {
  seed: number;
  kills: Kill[];
  /** Events that followers had been told, and lines that were acknowledged to be typed. */
  events: number;
  typed: number;
  /** Found once, at the end. */
  problems: string[];
}

const rowsOf = (counts: ReadonlyMap<string, number>) =>
  [...counts].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `| ${name} | ${count} |`);

function formatTrial(trial: Trial): string {
  const { seed, kills, events, typed, problems } = trial;
  const struck = new Map<string, number>();
  for (const kind of kills.flatMap((kill) => kill.struck)) struck.set(kind, (struck.get(kind) ?? 0) + 1);
  const begun = new Map<string, number>();
  for (const work of kills.flatMap((kill) => kill.works)) begun.set(work, (begun.get(work) ?? 0) + 1);
  const failed = kills.filter((kill) => kill.problems.length > 0);
  return [
    '# Faults',
    '',
    `- date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- commit: ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ', with changes'}`,
    `- command: \`npm run faults -- --seed ${seed} --kills ${kills.length}\``,
    `- machine: ${machine()}`,
    `- ${kills.length} kills of the server, ${[...struck.values()].reduce((sum, count) => sum + count, 0)} operations struck`,
    `- ${events} events that followers had been told, ${typed} lines acknowledged as typed`,
    `- wrong: ${problemsOf(trial).length}`,
    '',
    '| work | begun before a kill |',
    '| --- | --- |',
    ...rowsOf(begun),
    '',
    '| kind of operation | struck, queued or running |',
    '| --- | --- |',
    ...rowsOf(struck),
    '',
    ...failed.flatMap(({ number, works, aimed, afterMs, problems: wrong }) =>
      wrong.map(
        (problem) =>
          `- kill ${number} (${works.join(', ')}; ${afterMs} ms after ${aimed ?? 'the beginning'}): ${problem}`,
      ),
    ),
    ...problems.map((problem) => `- at the end: ${problem}`),
    '',
  ].join('\n');
}

export const problemsOf = ({ kills, problems }: Trial): string[] => [
  ...kills.flatMap((kill) => kill.problems),
  ...problems,
];

/** Prints what was found, and writes it to bench/trials/faults.md and faults.json, if asked for. */
export function writeTrial(trial: Trial, keep: boolean): void {
  const text = formatTrial(trial);
  console.log(`\n${text}`);
  if (!keep) return;
  writeFileSync(path.join(root, 'bench/trials/faults.md'), `${text.trimEnd()}\n`);
  writeFileSync(path.join(root, 'bench/trials/faults.json'), `${JSON.stringify(trial, null, 2)}\n`);
}
