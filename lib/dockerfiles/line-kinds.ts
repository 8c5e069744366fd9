import { DockerfileParser } from 'dockerfile-ast';
import { maxText } from './finding';
import type { StepKind } from '@/lib/events/events';

const kinds: Record<string, StepKind> = { FROM: 'base', RUN: 'run', COPY: 'copy', ADD: 'copy' };

/** The kind of an instruction by its keyword: what it makes, and the hue that it has everywhere. */
export const kindOf = (keyword: string): StepKind => kinds[keyword.toUpperCase()] ?? 'config';

/** An instruction's kind and its lines, which count from 1. */
export interface KindOfLines {
  kind: StepKind;
  from: number;
  to: number;
}

/** The instructions of a Dockerfile, in order. */
export function instructionKinds(text: string): KindOfLines[] {
  const found: KindOfLines[] = [];
  if (text.length > maxText) return found;
  try {
    for (const instruction of DockerfileParser.parse(text).getInstructions()) {
      const { start, end } = instruction.getRange();
      found.push({ kind: kindOf(instruction.getKeyword()), from: start.line + 1, to: end.line + 1 });
    }
  } catch {
    // the parser stumbled over half a line: what it read so far is good enough for colours
  }
  return found;
}

/** Which kind of instruction each line belongs to; those between instructions are not there. */
export const lineKinds = (text: string): Map<number, StepKind> =>
  new Map(
    instructionKinds(text).flatMap(({ kind, from, to }) =>
      Array.from({ length: to - from + 1 }, (_, index): [number, StepKind] => [from + index, kind]),
    ),
  );
