import { frontendDialect } from './dialect';
import { type Dockerfile, type Instruction, parseDockerfile } from './parse';
import { expand } from './shell-words';
import {
  type Given,
  globalValues,
  resolve,
  type Resolved,
  type StageValues,
  type Values,
  valuesBehind,
} from './variables';

export interface Stage {
  index: number;
  /** In lower case, as in both builders; null if unnamed. */
  name: string | null;
  /** The original spelling. */
  label: string | null;
  /** The image or stage of its FROM. */
  base: Resolved;
  /** The stage of its FROM, if it is one of this file. */
  parent: Stage | null;
  /** Starts with its FROM. */
  instructions: Instruction[];
  /** Its layers are part of the image: it is the target, or a stage that the target is built on. */
  shipped: boolean;
}

/** A Dockerfile as a particular build reads it, with stages and expanded variables. */
export interface Plan {
  file: Dockerfile;
  given: Given;
  /** The variables in a FROM. */
  globals: Values;
  stages: Stage[];
}

/** The name after AS. */
function labelOf({ words }: Instruction): string | null {
  const [, as, name] = words;
  return as?.text.toLowerCase() === 'as' && name ? name.text : null;
}

/**
 * The earlier stage of a FROM. A number is valid for `--from` only; and BuildKit finds only names in lower case here,
 * as they are stored, while the classic builder ignores case.
 */
function parentOf(
  named: ReadonlyMap<string, Stage>,
  base: string | null,
  { dialect = frontendDialect }: Given,
): Stage | null {
  const wanted = dialect.anyCaseStages ? base?.toLowerCase() : base;
  return (wanted && named.get(wanted)) || null;
}

export function readPlan(dockerfile: string | Dockerfile, given: Given = {}): Plan {
  const file = typeof dockerfile === 'string' ? parseDockerfile(dockerfile) : dockerfile;
  const { instructions, escape } = file;
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  const froms = instructions.filter(({ keyword }) => keyword === 'FROM');
  const args = instructions.slice(0, Math.max(first, 0)).filter(({ keyword }) => keyword === 'ARG');
  const lastFrom = froms.at(-1);
  const lastStage = (lastFrom && labelOf(lastFrom)?.toLowerCase()) ?? null;
  const globals = globalValues(args, lastStage, given, escape);
  const stages: Stage[] = [];
  const named = new Map<string, Stage>();
  for (const instruction of first < 0 ? [] : instructions.slice(first)) {
    if (instruction.keyword !== 'FROM') {
      stages.at(-1)!.instructions.push(instruction);
      continue;
    }
    const label = labelOf(instruction);
    const base = resolve(instruction.words[0]?.text ?? '', globals, escape);
    const stage: Stage = {
      index: stages.length,
      name: label?.toLowerCase() ?? null,
      label,
      base,
      parent: parentOf(named, base.text, given),
      instructions: [instruction],
      shipped: false,
    };
    stages.push(stage);
    if (stage.name !== null) named.set(stage.name, stage);
  }
  const plan = { file, given, globals, stages };
  for (let stage: Stage | null = targetOf(plan); stage; stage = stage.parent) stage.shipped = true;
  return plan;
}

/** The target stage. */
const targetOf = ({ stages, given: { target } }: Plan): Stage | null =>
  (target
    ? stages.findLast(({ name, index }) => name === target.toLowerCase() || String(index) === target)
    : stages.at(-1)) ?? null;

/** The earlier stage of a COPY --from: by name, ignoring case, or by number. */
export function findStage({ stages }: Plan, from: string, before: number): Stage | undefined {
  const index = /^\d+$/.test(from) ? Number(from) : null;
  return stages.findLast(
    (stage) =>
      stage.index < before && (index === null ? stage.name === from.toLowerCase() : stage.index === index),
  );
}

/**
 * The instructions of a stage: the ONBUILD triggers of its parent, then its own. Without a FROM of another stage,
 * which does nothing.
 */
export const ownInstructions = ({ parent, instructions }: Stage): Instruction[] =>
  parent
    ? [...parent.instructions.flatMap(({ trigger }) => trigger ?? []), ...instructions.slice(1)]
    : instructions;

/** The instructions of each stage that leads to a stage, starting with the one on an image. */
function chainOf(stage: Stage): Instruction[][] {
  const chain: Instruction[][] = [];
  for (let each: Stage | null = stage; each; each = each.parent) chain.push(ownInstructions(each));
  return chain.toReversed();
}

/** All instructions up to the end of a stage, including those of its parent stages first. */
export const lineage = (stage: Stage): Instruction[] => chainOf(stage).flat();

/** The instructions that lead to an instruction of a stage, including itself. */
export function upTo(stage: Stage, line: number): Instruction[] {
  const all = lineage(stage);
  const own = all.findIndex((instruction) => instruction.line === line);
  return own < 0 ? all : all.slice(0, own + 1);
}

/** The first stage on an image among the parents of this one. */
export function rootStage(stage: Stage): Stage {
  let root = stage;
  while (root.parent) root = root.parent;
  return root;
}

export const stageAt = ({ stages }: Plan, line: number): Stage | undefined =>
  stages.findLast((stage) => stage.instructions[0]!.line <= line);

/** The same stage of another Dockerfile: by name, otherwise by position. */
export const sameStage = ({ stages }: Plan, { name, index }: Stage): Stage | undefined =>
  (name === null ? undefined : stages.findLast((other) => other.name === name)) ?? stages[index];

/** The variables at an instruction, including its own; without a line, at the end of the stage. */
export function valuesAt({ globals, given, file }: Plan, stage: Stage, line = Infinity): StageValues {
  const chain = chainOf(stage);
  const place = chain.findIndex((part) => part.some((instruction) => instruction.line === line));
  const part = chain[place];
  if (part) {
    const end = part.findIndex((instruction) => instruction.line === line);
    chain.splice(place, Infinity, part.slice(0, end + 1));
  }
  return valuesBehind(chain, globals, given, file.escape);
}

/** Expands variables in the words of an instruction; words without variables are returned unchanged. */
export function expander(plan: Plan, stage: Stage, { line }: Instruction): (word: string) => string {
  let values: Values | undefined;
  return (word) => {
    if (!/[$"'\\`]/.test(word)) return word;
    values ??= valuesAt(plan, stage, line).all;
    return expand(word, values, plan.file.escape) ?? word; // the builder refuses it and reports that
  };
}
