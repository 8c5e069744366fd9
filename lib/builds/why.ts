import { mayBeCached } from '@/lib/events/cache-share';
import type { RecordedStep, BuildRecord, Cause, Unknown } from './cause';
import { causesOf, planOf } from './causes';
import type { FileChange } from './file-changes';
import { sourceOf, takenBy } from '@/lib/dockerfiles/copied';
import { expander, lineage, type Plan, stageAt, upTo } from '@/lib/dockerfiles/stages';

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
function linesBefore(plan: Plan, line: number): Set<number> {
  const lines = new Set<number>();
  const stage = stageAt(plan, line);
  if (!stage) return lines;
  for (const instruction of upTo(stage, line)) {
    if (instruction.line !== line) lines.add(instruction.line);
    for (const from of takenBy(instruction, expander(plan, stage, instruction)).from) {
      const source = sourceOf(plan, stage, from);
      if (source && 'stage' in source) for (const other of lineage(source.stage)) lines.add(other.line);
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
function standing(build: BuildRecord, ran: RecordedStep[]): Map<RecordedStep, RecordedStep[]> {
  const { steps, dockerfileText } = build;
  const byId = new Map(steps.map((step) => [step.id, step]));
  const plan = dockerfileText === null ? null : planOf(build, dockerfileText);
  return new Map(
    ran.map((step) => {
      const inputs = inputsOf(step, byId);
      const lines = plan && step.line ? linesBefore(plan, step.line) : new Set<number>();
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
