import { diffArrays } from 'diff';
import { featuresOf } from '@/lib/builders/features-of';
import { sourceMatcher, sourceOf, takenBy } from '@/lib/dockerfiles/copied';
import type { Instruction } from '@/lib/dockerfiles/parse';
import { namesIn } from '@/lib/dockerfiles/shell-words';
import {
  expander,
  lineage,
  type Plan,
  readPlan,
  rootStage,
  sameStage,
  type Stage,
  stageAt,
  upTo,
  valuesAt,
} from '@/lib/dockerfiles/stages';
import { baseDigestOf, digestKinds } from './base-digests';
import type { BuildRecord, Cause, RecordedStep, Unknown } from './cause';
import type { FileChange } from './file-changes';
import { givenOf } from './given';

/** Instructions whose result the builder keeps; the others only set something for those after them. */
const makesStep = ({ keyword }: Instruction) => /^(RUN|COPY|ADD|WORKDIR)$/.test(keyword);
/** Change only the image's settings; not every builder's cache key includes them. */
const onlySettings = /^(LABEL|EXPOSE|CMD|ENTRYPOINT|STOPSIGNAL|HEALTHCHECK|MAINTAINER|ONBUILD|VOLUME)$/;

const keyedBySettings = ({ builder }: BuildRecord) => featuresOf(builder).cacheKey.settings;

interface Side {
  build: BuildRecord;
  plan: Plan;
  stage: Stage;
}

const names = ({ assignments }: Instruction) => assignments.map(({ name }) => name);

/** Whether a step goes by what a setting before it says. */
const goesBy = (step: Instruction, setting: Instruction): boolean => {
  if (step.keyword === 'RUN') return true;
  const used = namesIn(step.body);
  return names(setting).some((name) => used.has(name));
};

/** As the cache compares it: a FROM by its image, everything else by its words. */
const wordsOf = (instruction: Instruction, stage: Stage): string =>
  instruction.keyword === 'FROM'
    ? `FROM ${stage.base.written}`
    : `${instruction.keyword} ${instruction.body}`;

interface Written {
  instruction: Instruction;
  words: string;
}

function writtenIn({ build, stage }: Side): Written[] {
  const root = rootStage(stage);
  return lineage(stage)
    .filter(({ keyword }) => keyword !== 'ARG' && (keyedBySettings(build) || !onlySettings.test(keyword)))
    .map((instruction) => ({ instruction, words: wordsOf(instruction, root) }));
}

/** The first instruction up to a step that is not as it was, and that the step goes by. */
function changedInstruction(before: Side, now: Side, own: Instruction): Cause | null {
  const [old, young] = [writtenIn(before), writtenIn(now)];
  const place = young.findIndex(({ instruction }) => instruction === own);
  const matters = (item: Written, from: number, side: Side) =>
    item.instruction.keyword === 'FROM' ||
    makesStep(item.instruction) ||
    keyedBySettings(side.build) ||
    young
      .slice(from, place + 1)
      .some(({ instruction }) => makesStep(instruction) && goesBy(instruction, item.instruction));
  let [oldAt, youngAt] = [0, 0];
  const parts = diffArrays(
    old.map(({ words }) => words),
    young.map(({ words }) => words),
  );
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    if (!part.added && !part.removed) {
      oldAt += part.value.length;
      youngAt += part.value.length;
      continue;
    }
    if (youngAt > place) break;
    // A change is a part taken out and one put in, in this order or the other.
    const next = parts[index + 1];
    const both = next && (next.added || next.removed) && next.added !== part.added;
    if (both) index += 1;
    const gone = part.removed ? part.value.length : both && next.removed ? next.value.length : 0;
    const come = part.added ? part.value.length : both && next.added ? next.value.length : 0;
    const removed = old.slice(oldAt, oldAt + gone);
    const added = young.slice(youngAt, youngAt + come);
    for (let at = 0; at < Math.max(gone, come); at++) {
      const [was, is] = [removed[at], added[at]];
      const from = youngAt + Math.min(at, come);
      if (from > place) break;
      if (!(was && matters(was, from, before)) && !(is && matters(is, from + 1, now))) continue;
      return {
        type: 'instruction',
        line: is?.instruction.line ?? own.line,
        before: was?.instruction.text ?? null,
        after: is?.instruction.text ?? null,
        own: is?.instruction === own,
      };
    }
    oldAt += gone;
    youngAt += come;
  }
  return null;
}

/** Arguments whose value is another, and that a step up to this one goes by. */
function changedArguments(before: Side, now: Side, own: Instruction, same: Instruction | undefined): Cause[] {
  const chain = upTo(now.stage, own.line);
  const old = valuesAt(before.plan, before.stage, same?.line).args;
  const young = valuesAt(now.plan, now.stage, own.line).args;
  const causes: Cause[] = [];
  const add = (name: string, was: string | null, is: string | null) => {
    if (was !== is) causes.push({ type: 'argument', name, before: was, after: is });
  };
  for (const name of new Set([...old.keys(), ...young.keys()])) {
    const declared = chain.findIndex((each) => each.keyword === 'ARG' && names(each).includes(name));
    const used = chain
      .slice(declared + 1)
      .some((step) => makesStep(step) && (step.keyword === 'RUN' || namesIn(step.body).has(name)));
    if (used) add(name, old.get(name) ?? null, young.get(name) ?? null);
  }
  for (const name of namesIn(rootStage(now.stage).base.written))
    if (!causes.some((cause) => cause.type === 'argument' && cause.name === name))
      add(name, before.plan.globals.get(name) ?? null, now.plan.globals.get(name) ?? null);
  return causes;
}

/** Options that a command's result depends on, in words. */
function commandOptions({ options }: BuildRecord): [name: string, value: string][] {
  return [
    ['Network', options.networkMode],
    ['Extra hosts', options.extraHosts.toSorted().join(', ') || 'none'],
    ['Shared memory', String(options.shmSize ?? 'engine default')],
    [
      'Ulimits',
      options.ulimits.map((limit) => `${limit.name}=${limit.soft}:${limit.hard}`).join(', ') || 'none',
    ],
  ];
}

function changedOptions(before: BuildRecord, now: BuildRecord, runs: boolean): Cause[] {
  const all = (build: BuildRecord): [string, string][] => [
    ['Platform', build.options.platform ?? 'engine default'],
    ...(runs && featuresOf(build.builder).cacheKey.commandOptions ? commandOptions(build) : []),
  ];
  const old = new Map(all(before));
  return all(now).flatMap(([name, after]) => {
    const was = old.get(name);
    return was === undefined || was === after ? [] : [{ type: 'option' as const, name, before: was, after }];
  });
}

interface Read {
  causes: Cause[];
  unknown: Unknown[];
}

const engineName = (engine: NonNullable<BuildRecord['engine']>) =>
  `${engine.product} ${engine.version}, ${engine.store}`;

/** What the steps up to this one read: files of the context, addresses, other stages and images. */
function changedInputs(before: BuildRecord, now: Side, own: Instruction, changes: FileChange[] | null): Read {
  const causes: Cause[] = [];
  const unknown = new Set<Unknown>();
  const seen = new Set<Instruction>();
  const read = (stage: Stage, last: number) => {
    for (const instruction of upTo(stage, last)) {
      if (seen.has(instruction)) continue;
      seen.add(instruction);
      const taken = takenBy(instruction, expander(now.plan, stage, instruction));
      if (taken.paths.length > 0 && changes === null) unknown.add('files');
      const matchers = taken.paths.map(sourceMatcher);
      const itself = instruction === own;
      const found = (changes ?? []).filter((change) => matchers.some((matches) => matches(change.path)));
      if (found.length > 0)
        causes.push({
          type: 'files',
          place: { line: instruction.line, text: instruction.text },
          own: itself,
          changes: found,
        });
      for (const source of taken.remote) if (itself) causes.push({ type: 'remote', source });
      for (const from of taken.from) {
        const source = sourceOf(now.plan, stage, from);
        if (source && 'stage' in source) read(source.stage, Infinity);
        else if (source) compareBase(source.image);
      }
    }
    compareBase(rootStage(stage).base.text ?? '');
  };
  const compareBase = (reference: string) => {
    if (reference === '' || reference === 'scratch') return;
    const [old, young] = [baseDigestOf(before, reference), baseDigestOf(now.build, reference)];
    const kind = digestKinds.find((each) => old[each] && young[each]);
    if (!kind) unknown.add('base');
    else if (
      old[kind] !== young[kind] &&
      !causes.some((cause) => cause.type === 'base' && cause.reference === reference)
    )
      causes.push({ type: 'base', reference, before: old[kind]!, after: young[kind]! });
  };
  read(now.stage, own.line);
  return { causes, unknown: [...unknown] };
}

/** How the build before had ended with the same step, when it gave no result to take. */
function unfinished(before: BuildRecord, same: Instruction | undefined): Cause | null {
  const step = before.steps.find((each) => each.line !== undefined && each.line === same?.line);
  if (!same || !makesStep(same)) return null;
  if (step?.error) return { type: 'unfinished', how: 'failed' };
  if (step?.started !== undefined && step.completed === undefined && !step.cached)
    return { type: 'unfinished', how: 'cut-off' };
  return !step || (step.started === undefined && !step.cached)
    ? { type: 'unfinished', how: 'not-begun' }
    : null;
}

/** The instruction of the build before that reads like this one, in the same stage. */
const findSame = (before: Side, own: Instruction): Instruction | undefined =>
  lineage(before.stage).find((each) => each.keyword === own.keyword && each.body === own.body);

/** The Dockerfile as a build read it. */
export const planOf = ({ options, engine, builder }: BuildRecord, dockerfileText: string): Plan =>
  readPlan(dockerfileText, givenOf(options, engine, builder));

/** Why one step was not taken from the cache, as far as the records of the two builds tell. */
export function causesOf(
  before: BuildRecord,
  now: BuildRecord,
  step: RecordedStep,
  changes: FileChange[] | null,
): { causes: Cause[]; unknown: Unknown[] } {
  if (now.options.noCache) return { causes: [{ type: 'no-cache' }], unknown: [] };
  if (before.builder && now.builder && before.builder !== now.builder)
    return { causes: [{ type: 'builder', before: before.builder, after: now.builder }], unknown: [] };
  if (before.dockerfileText === null || now.dockerfileText === null)
    return { causes: [], unknown: ['dockerfile'] };

  const plan = planOf(now, now.dockerfileText);
  const stage = step.line === undefined ? undefined : stageAt(plan, step.line);
  const own = stage?.instructions.find((instruction) => instruction.line === step.line);
  if (!stage || !own) return { causes: [], unknown: ['place'] };
  const young: Side = { build: now, plan, stage };
  const oldPlan = planOf(before, before.dockerfileText);
  const oldStage = sameStage(oldPlan, stage);
  if (!oldStage) {
    const cause: Cause = { type: 'instruction', line: own.line, before: null, after: own.text, own: true };
    return { causes: [cause], unknown: [] };
  }
  const old: Side = { build: before, plan: oldPlan, stage: oldStage };
  const same = findSame(old, own);
  const instruction = changedInstruction(old, young, own);
  const runs = upTo(stage, own.line).some(({ keyword }) => keyword === 'RUN');
  const { causes: inputs, unknown } = changedInputs(before, young, own, changes);
  const certain = [
    ...(instruction ? [instruction] : []),
    ...changedArguments(old, young, own, same),
    ...changedOptions(before, now, runs),
    ...inputs.filter((cause) => cause.type !== 'remote'),
  ];
  if (certain.length > 0) return { causes: certain, unknown };

  const gap = unfinished(before, same);
  if (gap) return { causes: [gap], unknown };
  const remote = inputs.filter((cause) => cause.type === 'remote');
  const engines = [before.engine, now.engine].map((engine) => engine && engineName(engine));
  const moved: Cause[] =
    engines[0] && engines[1] && engines[0] !== engines[1]
      ? [{ type: 'engine', before: engines[0], after: engines[1] }]
      : [];
  const possible = [...remote, ...moved];
  return { causes: possible.length > 0 ? possible : [{ type: 'gone' }], unknown };
}
