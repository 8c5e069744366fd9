import { parseStepName } from '@/lib/dockerfiles/step-names';
import { type OperationState, statusOf, type StepState, type StepStatus } from '@/lib/events/state';
import { formatBytes } from '@/lib/format/bytes';
import { align } from './align';
import { builderLabels } from '@/lib/builders/choices';
import type { BuildDetails } from './schema';

const pairs = (list: { name: string; value: string }[]) => list.map(({ name, value }) => `${name}=${value}`);

export const buildArguments = 'Build arguments';

/** All that a build was told, in words; what was left at its default says nothing. */
function optionTexts({ options, push, builder, engine }: BuildDetails): Map<string, string[]> {
  const bytes = (value: number | undefined) => (value === undefined ? [] : [formatBytes(value)]);
  const optional = (value: string | number | undefined) => (value === undefined ? [] : [String(value)]);
  return new Map([
    ['Dockerfile', [options.dockerfile]],
    ['Builder', optional(builder === null ? undefined : (builderLabels[builder] ?? builder))],
    [
      'Engine',
      engine ? [`${engine.product} ${engine.version}, ${engine.os}/${engine.arch}, ${engine.store}`] : [],
    ],
    ['Target stage', optional(options.target)],
    ['Platform', optional(options.platform)],
    [buildArguments, pairs(options.buildArgs)],
    ['Labels', pairs(options.labels)],
    ['Tags', options.tags],
    ['Secrets', options.secrets.map((secret) => secret.id)],
    ['Network', options.networkMode === 'default' ? [] : [options.networkMode]],
    ['Extra hosts', options.extraHosts],
    ['Cache from', options.cacheFrom],
    ['Cache', options.noCache ? ['not used'] : []],
    ['Pull base images', options.pull ? ['always'] : []],
    ['Shared memory', bytes(options.shmSize)],
    ['Memory limit', bytes(options.memory)],
    ['CPUs', optional(options.cpus)],
    ['CPU set', optional(options.cpuset)],
    ['Ulimits', options.ulimits.map((limit) => `${limit.name}=${limit.soft}:${limit.hard}`)],
    ['Push', push ? options.pushTargets.map((target) => `${target.repository}:${target.tag}`) : []],
  ]);
}

interface OptionChange {
  name: string;
  before: string[];
  after: string[];
}

/** Options that differ; of lists only what is not in the other one. */
export function compareOptions(before: BuildDetails, after: BuildDetails): OptionChange[] {
  const young = optionTexts(after);
  return [...optionTexts(before)].flatMap(([name, old]) => {
    const now = young.get(name)!;
    const change = {
      name,
      before: old.filter((text) => !now.includes(text)),
      after: now.filter((text) => !old.includes(text)),
    };
    return change.before.length + change.after.length > 0 ? [change] : [];
  });
}

interface BaseChange {
  reference: string;
  /** Null where it is not known; absent where the build did not stand on it. */
  before?: string | null;
  after?: string | null;
}

/** Every base of either build. */
export function compareBases(before: BuildDetails, after: BuildDetails): BaseChange[] {
  const bases = new Map<string, BaseChange>();
  for (const { reference, digest } of before.bases) bases.set(reference, { reference, before: digest });
  for (const { reference, digest } of after.bases)
    bases.set(reference, { ...(bases.get(reference) ?? { reference }), after: digest });
  return [...bases.values()];
}

export interface StepTime {
  step: StepState;
  status: StepStatus;
  /** Milliseconds; null where it did not begin, or has no end. */
  time: number | null;
}

interface StepPair {
  before: StepTime | null;
  after: StepTime | null;
}

const timesOf = (state: OperationState): StepTime[] =>
  state.steps.map((step) => ({
    step,
    status: statusOf(step, state.end !== undefined),
    time: step.started === undefined || step.completed === undefined ? null : step.completed - step.started,
  }));

/** `[web 2/5] RUN make` without its numbers, which change when another instruction comes in. */
const keyOf = ({ step }: StepTime): string => {
  const { stage, instruction } = parseStepName(step.name);
  return `${stage ?? '-'} ${instruction.replace(/@sha256:[0-9a-f]{64}/, '')}`;
};

const wordOf = ({ step }: StepTime) => {
  const { stage, instruction } = parseStepName(step.name);
  return `${stage} ${/^\S*/.exec(instruction)![0]}`;
};

/** The steps of two builds side by side; an instruction that changed stands beside what it was. */
export const compareSteps = (before: OperationState, after: OperationState): StepPair[] =>
  align(timesOf(before), timesOf(after), keyOf, (one, other) => wordOf(one) === wordOf(other));
