import { type Instruction, parseDockerfile } from './parse';
import { readPlan, type Stage } from './stages';
import { parseStepName, type StepName } from './step-names';
import type { Given } from './variables';

/** The instructions that are steps in BuildKit (dockerfile2llb). */
const stepKeywords = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** Those of a stage, in order; the FROM only if its base is an image. */
const stepsOf = ({ instructions, parent, base }: Stage): Instruction[] =>
  instructions.filter(
    ({ keyword }, index) =>
      stepKeywords.has(keyword) || (index === 0 && parent === null && base.text !== 'scratch'),
  );

const squeeze = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/**
 * The only instruction with the step's text; for numbers that do not match (ONBUILD of the base, a variable as base).
 */
function matchText({ instruction }: StepName, steps: Instruction[]): Instruction | undefined {
  const wanted = squeeze(instruction);
  const same = steps.filter(
    ({ keyword, body }) => squeeze(`${keyword} ${body.split('\n', 1)[0]}`) === wanted,
  );
  return same.length === 1 ? same[0] : undefined;
}

const keywordOf = (instruction: string) => /^[A-Za-z]+/.exec(instruction)?.[0].toUpperCase();

export type LineMatcher = (stepName: string) => number | undefined;

/** The line, from 1, of the instruction of a BuildKit step; undefined if ambiguous. */
export function lineMatcher(dockerfile: string, given: Given = {}): LineMatcher {
  const stages = readPlan(dockerfile, given).stages.map((stage) => ({
    name: stage.name ?? `stage-${stage.index}`,
    steps: stepsOf(stage),
  }));
  return (stepName) => {
    const step = parseStepName(stepName);
    if (step.stage === null) return undefined;
    // BuildKit omits the name if there is one stage; of several stages with one name, the last counts.
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

/** The same for the classic builder's `Step 3/7 : RUN make`, which counts all instructions of the file. */
export function classicLineMatcher(
  dockerfile: string,
): (index: number, instruction: string) => number | undefined {
  const { instructions } = parseDockerfile(dockerfile);
  return (index, text) => {
    const instruction = instructions[index - 1];
    return instruction?.keyword === keywordOf(text) ? instruction?.line : undefined;
  };
}
