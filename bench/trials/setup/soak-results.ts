import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatBytes } from '@/lib/format/bytes';
import { machine } from './results';

const root = path.join(import.meta.dirname, '../../..');

export interface Sample {
  /** Since the beginning. */
  seconds: number;
  residentBytes: number;
  handles: number;
  threads: number;
  answerMs: number;
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** The second and the last quarter: the first is for caches, and what V8 takes before it collects. */
function quarters(samples: readonly Sample[], of: keyof Sample): [number, number] {
  const at = (part: number) => Math.floor((samples.length * part) / 4);
  const medianOf = (from: number, to: number) => median(samples.slice(from, to).map((sample) => sample[of]));
  return [medianOf(at(1), at(2)), medianOf(at(3), samples.length)];
}

/** What the last quarter may have more than the second. */
const allowed = { residentBytes: 1.15, handles: 1.1 } as const;

/** What has not reached a plateau. */
export function findRise(samples: readonly Sample[]): string[] {
  return (['residentBytes', 'handles'] as const).flatMap((of) => {
    const [before, after] = quarters(samples, of);
    return after > before * allowed[of] ? [`${of} rose from ${before} to ${after}`] : [];
  });
}

interface Soak {
  seed: number;
  minutes: number;
  samples: readonly Sample[];
  done: ReadonlyMap<string, number>;
  typed: number;
}

function formatSoak({ seed, minutes, samples, done, typed }: Soak): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  const row = (what: string, of: keyof Sample, format: (value: number) => string) => {
    const [before, after] = quarters(samples, of);
    const most = Math.max(...samples.map((sample) => sample[of]));
    return `| ${what} | ${format(before)} | ${format(after)} | ${format(most)} |`;
  };
  const rises = findRise(samples);
  return [
    '# Soak',
    '',
    `- date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- commit: ${commit}`,
    `- command: \`npm run soak -- --seed ${seed} --minutes ${minutes}\``,
    `- machine: ${machine()}`,
    `- ${samples.length} samples; ${typed} lines typed; ${[...done].map(([name, count]) => `${count} × ${name}`).join(', ')}`,
    `- plateau: ${rises.length ? `**no**: ${rises.join('; ')}` : 'yes'}`,
    '',
    '| median of | second quarter | last quarter | most |',
    '| --- | --- | --- | --- |',
    row('memory', 'residentBytes', formatBytes),
    row('handles', 'handles', String),
    row('threads', 'threads', String),
    row('time to an answer', 'answerMs', (ms) => `${ms} ms`),
    '',
  ].join('\n');
}

/** Prints what was measured, and writes it to bench/trials/soak.md, if asked for. */
export function writeSoak(soak: Soak, keep: boolean): void {
  const text = formatSoak(soak);
  console.log(`\n${text}`);
  if (keep) writeFileSync(path.join(root, 'bench/trials/soak.md'), text);
}
