import { describe, expect, test } from 'vitest';
import { isSecretName, secretIn } from '@/lib/known/secrets';
import { parseReference } from '@/lib/references/reference';
import { parseWords } from '@/lib/shell/command-line';
import { readScript } from '@/lib/shell/script';
import { imageSources } from './bases';
import { sourceMatcher } from './copied';
import { type Found } from './finding';
import { writtenFrontends } from './frontend';
import { lineMatcher } from './lines';
import { outlineDockerfile } from './outline';
import { checkBases } from './rules/bases';
import { checkPackageCaches } from './rules/package-caches';
import { checkPorts } from './rules/ports';
import { checkSecrets } from './rules/secrets';
import { checkStages } from './rules/stages';
import { type Plan, readPlan } from './stages';
import { maxValidatorWork, validatorWork } from './syntax';

/** What is repeated, behind each beginning. */
const units = [
  'rm ',
  '$A',
  '${A',
  '${A:-',
  '"$A',
  '"',
  "'",
  '\\',
  '\\\n',
  '\\\n#\n',
  '<<A ',
  '--a ',
  '["a",',
  '(',
  '`',
  '"$(',
  'A="',
  ' ',
  '\n',
  '1-',
  'y',
  '_key1',
  '://a:b',
  'eyJ-',
  'ONBUILD ',
  'FROM a\n',
  'FROM a AS b\n',
  'FROM $A\n',
  'ARG A=$A$A\n',
  'ENV A$A=b\n',
  'RUN <<A\n',
  'apt-get install x; ',
  'set -',
  '${A#*a*',
  'FROM ${A#*a*b}\n',
  'COPY --from=aa . .\nFROM x AS ab\n',
];
const beginnings = [
  '',
  'FROM a\nRUN ',
  'FROM a\nENV A=',
  'ARG A=',
  'FROM a\nCOPY --from=',
  'FROM a\nRUN apt-get install -',
];

const rules: ((plan: Plan) => Found[])[] = [
  checkStages,
  checkPorts,
  checkPackageCaches,
  checkBases,
  checkSecrets,
];

/** All that reads text of users in a request of a server. */
const parsers: Record<string, (text: string) => unknown> = {
  plan: readPlan,
  rules: (text) => rules.map((rule) => rule(readPlan(text))),
  outline: outlineDockerfile,
  lines: (text) => lineMatcher(text)('[1/2] RUN x'),
  sources: (text) => imageSources(readPlan(text)),
  frontend: writtenFrontends,
  script: readScript,
  words: parseWords,
  secrets: (text) => [secretIn(text), isSecretName(text)],
  reference: parseReference,
};

const repeated = (beginning: string, unit: string, characters: number) =>
  (beginning + unit.repeat(Math.ceil(characters / unit.length))).slice(0, characters);

/** A different few of all pairs for each parser, the same in every run. */
function pairsFor(name: string): [beginning: string, unit: string][] {
  const seed = name.length * 7 + name.charCodeAt(0);
  return units.map((unit, index) => [beginnings[(index * 5 + seed) % beginnings.length]!, unit]);
}

function millisecondsOf(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** Below this the clock and the collector decide. */
const floorMs = 60;

/** Twice the text may take little more than twice the time: a quadratic parser takes four times. */
function growsLinearly(read: (text: string) => unknown, beginning: string, unit: string): boolean {
  const [half, whole] = [30_000, 60_000].map((characters) => repeated(beginning, unit, characters));
  for (let tries = 0; tries < 5; tries++) {
    const took = millisecondsOf(() => read(whole!));
    if (took < floorMs || took < 3.2 * millisecondsOf(() => read(half!))) return true;
  }
  return false;
}

describe.each(Object.entries(parsers))('60 KB of repetitions for %s', (name, read) => {
  test('take no more than linear time', { timeout: 60_000 }, () => {
    const slow = pairsFor(name).filter(([beginning, unit]) => !growsLinearly(read, beginning, unit));
    expect(slow).toEqual([]);
  });
});

test('a pattern of a source with many stars matches at once', () => {
  const matches = sourceMatcher(`${'*a'.repeat(1000)}*b`);
  expect(matches('a'.repeat(5000))).toBe(false);
  expect(matches(`${'a'.repeat(5000)}b`)).toBe(true);
});

test('the validator of another package, which is not linear, gets texts of a bounded size alone', () => {
  const ordinary = `FROM debian:12\n${'RUN make -C "$DIRECTORY" all install\n'.repeat(300)}`;
  expect(validatorWork(ordinary)).toBeLessThan(maxValidatorWork);
  for (const unit of ['rm ', 'RUN a\n', '$A', '\\\n', 'ENV A$A=b\n'])
    expect(validatorWork(unit.repeat(60_000 / unit.length))).toBeGreaterThan(maxValidatorWork);
});

test('nesting has an end', () => {
  expect(readPlan(`FROM ${'${A:-'.repeat(12_000)}`).stages[0]?.base.text).toBeNull();
  expect(readScript('$('.repeat(30_000))).toBeNull();
  const [onbuild] = readPlan(`FROM a\n${'ONBUILD '.repeat(8000)}`).file.instructions.slice(1);
  expect(onbuild?.trigger?.trigger).toBeNull();
});

test.each([
  ['*.js', 'a.js', true],
  ['*.js', 'a/b.js', false],
  ['src/*', 'src/a/b', true],
  ['s?c', 'src/x', true],
  ['[a-c]x', 'bx', true],
  ['[^a-c]x', 'bx', false],
  ['a[', 'zz', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
])('the source %s takes %s: %s', (source, path, expected) => {
  expect(sourceMatcher(source)(path)).toBe(expected);
});
