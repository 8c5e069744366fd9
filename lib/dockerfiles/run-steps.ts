import { type Command, readCommands } from './commands';
import type { Instruction } from './parse';
import type { Span } from './places';
import type { Plan, Stage } from './stages';

/** A RUN in shell form, with its commands. */
export interface RunStep extends Span {
  /** Its text in the file. */
  text: string;
  run: Instruction;
  commands: Command[];
  /** The RUN directly before this one, with only comments in between. */
  before: RunStep | null;
}

function readRun({ file }: Plan, run: Instruction, before: RunStep | null): RunStep | null {
  if (run.json) return null; // exec form: no shell
  const { from, to } = run;
  const commands = readCommands(file.text.slice(run.args.from, to), run.args.from, file.escape);
  return { from, to, text: file.text.slice(from, to), run, commands, before };
}

export function runStepsOf(plan: Plan, stage: Stage): RunStep[] {
  const steps: RunStep[] = [];
  let before: RunStep | null = null;
  for (const instruction of stage.instructions) {
    before = instruction.keyword === 'RUN' ? readRun(plan, instruction, before) : null;
    if (before) steps.push(before);
  }
  return steps;
}
