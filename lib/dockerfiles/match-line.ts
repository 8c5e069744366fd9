import { DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import { parseStepName, type StepName } from './step-names';

interface Stage {
  name: string;
  /** Instructions that BuildKit makes steps of, in order; the FROM only if it brings an image. */
  steps: Instruction[];
}

/** The instructions that are steps of their own, as dockerfile2llb counts them. */
const stepKeywords = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

function bringsImage(from: From, earlier: readonly Stage[]): boolean {
  const image = from.getImage()?.toLowerCase() ?? '';
  return image !== 'scratch' && !earlier.some((stage) => stage.name === image);
}

function stagesOf(instructions: readonly Instruction[]): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') {
      const from = instruction as From;
      const name = from.getBuildStage()?.toLowerCase() ?? `stage-${stages.length}`;
      stages.push({ name, steps: bringsImage(from, stages) ? [instruction] : [] });
    } else if (stepKeywords.has(keyword)) {
      stages.at(-1)?.steps.push(instruction);
    }
  }
  return stages;
}

const squeeze = (text: string) =>
  text
    .replaceAll(/\\\r?\n/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The only instruction that reads like the step; for counts that differ (ONBUILD of the base, a variable as base). */
function matchText(step: StepName, stage: Stage): Instruction | undefined {
  const wanted = squeeze(step.instruction);
  const same = stage.steps.filter((instruction) => squeeze(instruction.getTextContent()) === wanted);
  return same.length === 1 ? same[0] : undefined;
}

function matchStep(step: StepName, stages: readonly Stage[]): Instruction | undefined {
  if (step.stage === null) return undefined;
  // BuildKit leaves the name out when there is one stage; of several with one name the last counts.
  const stage =
    step.stage === '' && stages.length === 1 ? stages[0] : stages.findLast(({ name }) => name === step.stage);
  if (!stage) return undefined;
  const keyword = /^[A-Za-z]+/.exec(step.instruction)?.[0].toUpperCase();
  const counted = stage.steps.length === step.total ? stage.steps[step.index - 1] : undefined;
  return counted?.getKeyword() === keyword ? counted : matchText(step, stage);
}

const lineOf = (instruction: Instruction | undefined): number | undefined => {
  const range = instruction?.getRange();
  return range ? range.start.line + 1 : undefined;
};

export type LineMatcher = (stepName: string) => number | undefined;

/** Finds lines for many steps of one Dockerfile. */
export function lineMatcher(dockerfileText: string): LineMatcher {
  const stages = stagesOf(DockerfileParser.parse(dockerfileText).getInstructions());
  return (stepName) => lineOf(matchStep(parseStepName(stepName), stages));
}

/** The line, from 1, of the instruction that a BuildKit step's name stands for; undefined where it is not certain. */
export const matchLine = (stepName: string, dockerfileText: string): number | undefined =>
  lineMatcher(dockerfileText)(stepName);

/** The same for the classic builder's `Step 3/7 : RUN make`: it counts every instruction of the file. */
export function classicLineMatcher(
  dockerfileText: string,
): (index: number, instruction: string) => number | undefined {
  const instructions = DockerfileParser.parse(dockerfileText).getInstructions();
  return (index, text) => {
    const instruction = instructions[index - 1];
    const keyword = /^[A-Za-z]+/.exec(text)?.[0].toUpperCase();
    return instruction?.getKeyword() === keyword ? lineOf(instruction) : undefined;
  };
}
