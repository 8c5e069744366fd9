// @ts-check
import { engineNames } from './testing/engines.js';
import { StepError } from './run.js';

const allParts = ['check', 'unit', 'e2e'];

/**
 * `bench upload lists` runs these two benchmarks, `bench` all.
 * @param {string[]} args
 */
function parseBenchArguments([part, ...names]) {
  return part === 'bench'
    ? { parts: ['bench'], files: names.map((name) => `bench/${name}.bench.ts`) }
    : undefined;
}

/**
 * `faults --seed 7 --kills 50 build push` and `soak --minutes 5`: the options and the names of works, for the trial.
 * @param {string[]} args
 */
function parseTrialArguments([part, ...rest]) {
  if (part !== 'faults' && part !== 'soak') return undefined;
  /** @type {Record<string, string | string[]>} */
  const options = {};
  const names = [];
  for (let index = 0; index < rest.length; index++) {
    const option = /^--(seed|kills|minutes)$/.exec(rest[index] ?? '')?.[1];
    if (option) options[option] = rest[++index] ?? '';
    else names.push(rest[index] ?? '');
  }
  const file = part === 'faults' ? 'bench/trials/kills.trial.ts' : 'bench/trials/soak.trial.ts';
  return { parts: ['trials'], files: [file], trial: JSON.stringify({ ...options, names }) };
}

/** @typedef {{ parts: string[], files: string[], trial?: string, engine?: string }} TestArguments */

/** `--engine docker29-overlay2`: everything runs on that one only. @param {string[]} args */
function takeEngine(args) {
  const at = args.indexOf('--engine');
  if (at < 0) return { rest: args };
  const engine = args[at + 1] ?? '';
  if (engineNames.includes(engine)) return { engine, rest: args.toSpliced(at, 2) };
  throw new StepError(`There is no engine ${engine} for tests.`, {
    hint: `There are ${engineNames.join(', ')}.`,
  });
}

/**
 * `unit e2e/login` is the part `unit` with a file name; without arguments, all parts. A file name alone selects its
 * runner.
 * @param {string[]} args @returns {TestArguments}
 */
export function parseTestArguments(args) {
  const { rest, ...engine } = takeEngine(args);
  return { ...parseParts(rest), ...engine };
}

/** @param {string[]} args @returns {TestArguments} */
function parseParts(args) {
  const special = parseBenchArguments(args) ?? parseTrialArguments(args);
  if (special) return special;
  const files = args.filter((arg) => !allParts.includes(arg));
  const parts = allParts.filter((part) => args.includes(part));
  if (parts.length > 0) return { parts, files };
  if (files.length === 0) return { parts: allParts, files };
  return { parts: files.every((file) => file.startsWith('e2e/')) ? ['e2e'] : ['unit'], files };
}
