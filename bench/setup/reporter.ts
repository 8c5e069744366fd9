import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Reporter, Suite } from '@playwright/test/reporter';
import { annotation, type Measurement } from './measure';

const root = path.join(import.meta.dirname, '../..');
const resultsFile = path.join(root, 'bench/results.md');

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

function formatTable(measurements: Measurement[]): string {
  const rows = measurements.map(({ what, target, measured, met }) => [
    what,
    target,
    measured,
    met ? 'met' : '**missed**',
  ]);
  const lines = [['what', 'to reach', 'measured', ''], ['---', '---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function describeMachine(): string {
  const cpus = os.cpus();
  const memory = (os.totalmem() / 1024 ** 3).toFixed(0);
  return `${cpus.length} × ${cpus[0]?.model ?? 'unknown processor'}, ${memory} GiB, ${os.type()} ${os.release()}, Node ${process.version}`;
}

function formatResults(measurements: Measurement[], failed: string[]): string {
  const changed = git('status', '--porcelain') === '' ? '' : ', with changes';
  const head = [
    '# Measured',
    '',
    `- date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- commit: ${git('rev-parse', '--short', 'HEAD')}${changed}`,
    `- machine: ${describeMachine()}`,
    `- load when it ended, over 15 minutes: ${os.loadavg()[2]?.toFixed(1)}`,
    '- command: `npm run bench`',
    '',
  ];
  const broken = failed.map((name) => `- not measured, because it broke: ${name}`);
  return [...head, formatTable(measurements), '', ...(broken.length > 0 ? [...broken, ''] : [])].join('\n');
}

/** Prints the table, and writes `bench/results.md` if all benchmarks ran. */
export default class BenchReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(): void {
    const tests = this.suite?.allTests() ?? [];
    const measurements = tests
      .flatMap((test) => test.results.flatMap(({ annotations }) => annotations))
      .filter(({ type }) => type === annotation)
      .map(({ description }) => JSON.parse(description ?? '') as Measurement);
    const failed = tests.filter((test) => test.outcome() !== 'expected').map(({ title }) => title);
    const text = formatResults(measurements, failed);
    console.log(`\n${text}`);
    if (process.env.LAYERWRIGHT_BENCH !== 'all') return;
    writeFileSync(resultsFile, text);
    console.log(`Written to ${path.relative(root, resultsFile)}.`);
  }
}
