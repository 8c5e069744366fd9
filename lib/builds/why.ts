import type { StepKind } from '@/lib/events/events';
import { mayBeCached } from '@/lib/events/cache-share';
import type { OperationStatus } from '@/lib/operations/schema';
import type { BuildOptions } from '@/lib/projects/schema';
import { causesOf } from './causes';
import type { FileChange } from './file-changes';
import { lineage, parseRecipe, type Recipe, findStage, stageAt } from '@/lib/dockerfiles/parse';
import { takenBy } from '@/lib/dockerfiles/copied';
import type { BuildBase, BuildEngine } from './schema';
import { expander, upTo } from '@/lib/dockerfiles/variables';

/** What of a step tells whether it ran. */
export interface RecordedStep {
  id: string;
  name: string;
  kind: StepKind;
  line?: number;
  inputs: string[];
  started?: number;
  completed?: number;
  cached: boolean;
  error?: string;
}

/** A build as far as its cache went by it. */
export interface BuildRecord {
  number: number;
  status: OperationStatus;
  builder: string | null;
  engine: BuildEngine | null;
  dockerfileText: string | null;
  options: BuildOptions;
  bases: BuildBase[];
  steps: RecordedStep[];
}

/** An instruction of the Dockerfile, as a cause names it. */
export interface Place {
  line: number;
  text: string;
}

export type Cause =
  | { type: 'no-cache' }
  | { type: 'builder'; before: string; after: string }
  | { type: 'engine'; before: string; after: string }
  | { type: 'base'; reference: string; before: string; after: string }
  /** `before` null: it was added; `after` null: it was taken out. `own`: it is the step itself. */
  | { type: 'instruction'; line: number; before: string | null; after: string | null; own: boolean }
  | { type: 'argument'; name: string; before: string | null; after: string | null }
  | { type: 'option'; name: string; before: string; after: string }
  | { type: 'files'; place: Place; own: boolean; changes: FileChange[] }
  /** Something behind an address, of which only the builder knows what it is. */
  | { type: 'remote'; source: string }
  /** The build before did not come to an end with this step. */
  | { type: 'unfinished'; how: 'failed' | 'cut-off' | 'not-begun' }
  | { type: 'gone' };

/** What could not be compared. */
export type Unknown = 'files' | 'base' | 'dockerfile' | 'place';

export interface Miss {
  step: RecordedStep;
  causes: Cause[];
  unknown: Unknown[];
  /** Steps that ran again after it. */
  following: RecordedStep[];
}

export type Explanation =
  { type: 'first' } | { type: 'all-cached' } | { type: 'none' } | { type: 'missed'; misses: Miss[] };

const hasRun = (step: RecordedStep) => mayBeCached(step.kind) && step.started !== undefined && !step.cached;

/** Lines of the instructions that a step stands on: those before it in its stage, and the stages that it copies from. */
function linesBefore(recipe: Recipe, line: number, buildArgs: BuildOptions['buildArgs']): Set<number> {
  const lines = new Set<number>();
  const stage = stageAt(recipe, line);
  if (!stage) return lines;
  for (const instruction of upTo(recipe, stage, line)) {
    if (instruction.line !== line) lines.add(instruction.line);
    for (const name of takenBy(instruction, expander(recipe, stage, instruction, buildArgs)).from) {
      const source = findStage(recipe, name, stage.index);
      for (const other of source ? lineage(recipe, source) : []) lines.add(other.line);
    }
  }
  return lines;
}

/** Ids of every step that a step waited for, as far as the builder told. */
function inputsOf(step: RecordedStep, steps: ReadonlyMap<string, RecordedStep>): Set<string> {
  const found = new Set<string>();
  const visit = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    for (const input of steps.get(id)?.inputs ?? []) visit(input);
  };
  for (const input of step.inputs) visit(input);
  found.delete(step.id);
  return found;
}

/** For each step that ran, which of the others that ran it stands on. */
function standing(
  { steps, dockerfileText, options }: BuildRecord,
  ran: RecordedStep[],
): Map<RecordedStep, RecordedStep[]> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const recipe = dockerfileText === null ? null : parseRecipe(dockerfileText);
  return new Map(
    ran.map((step) => {
      const inputs = inputsOf(step, byId);
      const lines =
        recipe && step.line ? linesBefore(recipe, step.line, options.buildArgs) : new Set<number>();
      const below = ran.filter(
        (other) =>
          other !== step && (inputs.has(other.id) || (other.line !== undefined && lines.has(other.line))),
      );
      return [step, below] as const;
    }),
  );
}

/**
 * Why steps of a build ran again instead of coming from the cache: the first of them, and of builds with several
 * stages the first of each that stands on no other. `changes` are those of the context's files; null when the list of
 * either build is missing. What is not known is not guessed.
 */
export function explainMisses(
  before: BuildRecord | null,
  now: BuildRecord,
  changes: FileChange[] | null,
): Explanation {
  if (!now.steps.some((step) => mayBeCached(step.kind) && step.started !== undefined))
    return { type: 'none' };
  const ran = now.steps.filter(hasRun);
  if (ran.length === 0) return { type: 'all-cached' };
  if (!before) return { type: 'first' };
  const below = standing(now, ran);
  const first = ran
    .filter((step) => below.get(step)!.length === 0)
    .toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity));
  const misses = first.map((step) => ({
    step,
    ...causesOf(before, now, step, changes),
    following: ran.filter((other) => below.get(other)!.includes(step)),
  }));
  return { type: 'missed', misses };
}
