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

/** Where a level is read. Of handles low: followers and works, who come and go by chance, have a dozen and more. */
const quantiles = { residentBytes: 0.5, handles: 0.1, threads: 0.5, answerMs: 0.5 } as const;
type Figure = keyof typeof quantiles;

/** The second and the last quarter: the first is for caches, and what V8 takes before it collects. */
function quarters(samples: readonly Sample[], of: Figure): [number, number] {
  const at = (part: number) => Math.floor((samples.length * part) / 4);
  const level = (from: number, to: number) => {
    const sorted = samples
      .slice(from, to)
      .map((sample) => sample[of])
      .toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length * quantiles[of])] ?? 0;
  };
  return [level(at(1), at(2)), level(at(3), samples.length)];
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
  const row = (what: string, of: Figure, format: (value: number) => string) => {
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
    '| level | second quarter | last quarter | most |',
    '| --- | --- | --- | --- |',
    row('memory, median', 'residentBytes', formatBytes),
    row('handles, lowest tenth', 'handles', String),
    row('threads, median', 'threads', String),
    row('time to an answer, median', 'answerMs', (ms) => `${ms} ms`),
    '',
  ].join('\n');
}

/** Prints what was measured, and writes it to bench/trials/soak.md, if asked for. */
export function writeSoak(soak: Soak, keep: boolean): void {
  const text = formatSoak(soak);
  console.log(`\n${text}`);
  if (keep) writeFileSync(path.join(root, 'bench/trials/soak.md'), text);
}
