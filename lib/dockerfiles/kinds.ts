import type { StepKind } from '@/lib/events/events';
import { maxTextCharacters } from './finding';
import { parseDockerfile } from './parse';

const kinds: Record<string, StepKind> = { FROM: 'base', RUN: 'run', COPY: 'copy', ADD: 'copy' };

/** The kind of an instruction by its keyword: determines its colour. */
export const kindOf = (keyword: string): StepKind => kinds[keyword.toUpperCase()] ?? 'config';

/** An instruction's kind and its lines, from 1. */
export interface KindOfLines {
  kind: StepKind;
  from: number;
  to: number;
}

/** The instructions of a Dockerfile, in order. */
export const instructionKinds = (text: string): KindOfLines[] =>
  text.length > maxTextCharacters
    ? []
    : parseDockerfile(text).instructions.map(({ keyword, line, endLine }) => ({
        kind: kindOf(keyword),
        from: line,
        to: endLine,
      }));

/** The kind of each line; lines between instructions have none. */
export const lineKinds = (text: string): Map<number, StepKind> =>
  new Map(
    instructionKinds(text).flatMap(({ kind, from, to }) =>
      Array.from({ length: to - from + 1 }, (_, index): [number, StepKind] => [from + index, kind]),
    ),
  );
