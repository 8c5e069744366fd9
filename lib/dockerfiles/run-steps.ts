import type { Flag, Run } from 'dockerfile-ast';
import { type Command, readCommands } from './commands';
import type { Span } from './places';
import type { Source, Stage } from './source';

/** A RUN in shell form, with the commands in it. */
export interface RunStep extends Span {
  run: Run;
  commands: Command[];
  flags: Flag[];
  /** Its text is in here-documents. */
  heredoc: boolean;
  /** The RUN right before this one, with nothing but comments in between. */
  before: RunStep | null;
}

function readRun(source: Source, run: Run, before: RunStep | null): RunStep | null {
  if (run.getOpeningBracket()) return null; // no shell, no shell's mistakes
  const whole = source.span(run.getRange());
  const flags = run.getFlags();
  const last = flags.at(-1);
  const from = last ? source.span(last.getRange()).to : source.span(run.getInstructionRange()).to;
  const text = source.text.slice(from, whole.to);
  const commands = readCommands(text, from, source.file.getEscapeCharacter());
  return { ...whole, run, commands, flags, heredoc: run.getHeredocs().length > 0, before };
}

export function runStepsOf(source: Source, stage: Stage): RunStep[] {
  const steps: RunStep[] = [];
  let before: RunStep | null = null;
  for (const instruction of stage.instructions) {
    before = instruction.getKeyword() === 'RUN' ? readRun(source, instruction as Run, before) : null;
    if (before) steps.push(before);
  }
  return steps;
}
