import { type Instruction, parseDockerfile } from './parse';
import { readPlan, type Stage } from './stages';
import { parseStepName, type StepName } from './step-names';
import type { Given } from './variables';

/** The instructions that are steps of their own, as BuildKit counts them (dockerfile2llb). */
const stepKeywords = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** Those of a stage, in order; the FROM only if it brings an image. */
const stepsOf = ({ instructions, parent, base }: Stage): Instruction[] =>
  instructions.filter(
    ({ keyword }, index) =>
      stepKeywords.has(keyword) || (index === 0 && parent === null && base.text !== 'scratch'),
  );

const squeeze = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** The only instruction that reads like the step; for counts that differ (ONBUILD of the base, a variable as base). */
function matchText({ instruction }: StepName, steps: Instruction[]): Instruction | undefined {
  const wanted = squeeze(instruction);
  const same = steps.filter(
    ({ keyword, body }) => squeeze(`${keyword} ${body.split('\n', 1)[0]}`) === wanted,
  );
  return same.length === 1 ? same[0] : undefined;
}

const keywordOf = (instruction: string) => /^[A-Za-z]+/.exec(instruction)?.[0].toUpperCase();

export type LineMatcher = (stepName: string) => number | undefined;

/** The line, from 1, of the instruction that a BuildKit step's name stands for; undefined where it is not certain. */
export function lineMatcher(dockerfile: string, given: Given = {}): LineMatcher {
  const stages = readPlan(dockerfile, given).stages.map((stage) => ({
    name: stage.name ?? `stage-${stage.index}`,
    steps: stepsOf(stage),
  }));
  return (stepName) => {
    const step = parseStepName(stepName);
    if (step.stage === null) return undefined;
    // BuildKit leaves the name out when there is one stage; of several with one name the last counts.
    const stage =
      step.stage === '' && stages.length === 1
        ? stages[0]
        : stages.findLast(({ name }) => name === step.stage);
    if (!stage) return undefined;
    const { steps } = stage;
    const counted = steps.length === step.total ? steps[step.index - 1] : undefined;
    const found = counted?.keyword === keywordOf(step.instruction) ? counted : matchText(step, steps);
    return found?.line;
  };
}

/** The same for the classic builder's `Step 3/7 : RUN make`: it counts every instruction of the file. */
export function classicLineMatcher(
  dockerfile: string,
): (index: number, instruction: string) => number | undefined {
  const { instructions } = parseDockerfile(dockerfile);
  return (index, text) => {
    const instruction = instructions[index - 1];
    return instruction?.keyword === keywordOf(text) ? instruction?.line : undefined;
  };
}
