import { DockerfileParser } from 'dockerfile-ast';
import { maxText } from './finding';
import type { StepKind } from '@/lib/events/events';

const kinds: Record<string, StepKind> = { FROM: 'base', RUN: 'run', COPY: 'copy', ADD: 'copy' };

/** The kind of an instruction by its keyword: what it makes, and the hue that it has everywhere. */
export const kindOf = (keyword: string): StepKind => kinds[keyword.toUpperCase()] ?? 'config';

/** Which kind of instruction each line belongs to; lines count from 1, and those between instructions are not there. */
export function lineKinds(text: string): Map<number, StepKind> {
  const found = new Map<number, StepKind>();
  if (text.length > maxText) return found;
  try {
    for (const instruction of DockerfileParser.parse(text).getInstructions()) {
      const { start, end } = instruction.getRange();
      for (let line = start.line; line <= end.line; line++)
        found.set(line + 1, kindOf(instruction.getKeyword()));
    }
  } catch {
    // the parser stumbled over half a line: what it read so far is good enough for colours
  }
  return found;
}
