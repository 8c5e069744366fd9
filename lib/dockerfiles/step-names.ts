import type { StepKind } from '@/lib/events/events';
import { kindOf } from './kinds';

/** The parts of a BuildKit step's name: `[linux/amd64 stage 2/5] RUN make`. */
export interface StepName {
  /** Name of the stage; '' if there is only one, `stage-1` if unnamed; null outside of stages. */
  stage: string | null;
  /** Number of the step in its stage, from 1. */
  index: number;
  total: number;
  /** `RUN make` */
  instruction: string;
}

const staged = /^\[(?:[a-z0-9]+\/\S+ )?(?:(\S+)\s+|\s*)(\d+)\/(\d+)\] (.*)$/s;

export function parseStepName(name: string): StepName {
  const match = staged.exec(name);
  if (!match) return { stage: null, index: 0, total: 0, instruction: name };
  return { stage: match[1] ?? '', index: Number(match[2]), total: Number(match[3]), instruction: match[4]! };
}

const keywordOf = (instruction: string): string => /^[A-Za-z]+/.exec(instruction)?.[0].toUpperCase() ?? '';

const keywords = new Set(
  'FROM RUN COPY ADD WORKDIR ENV LABEL EXPOSE USER VOLUME CMD ENTRYPOINT ARG MAINTAINER STOPSIGNAL SHELL HEALTHCHECK ONBUILD'.split(
    ' ',
  ),
);

/** The kind of a step by its instruction; `internal` without one. */
export function kindOfInstruction(instruction: string): StepKind {
  const keyword = keywordOf(instruction);
  return keywords.has(keyword) ? kindOf(keyword) : 'internal';
}

export function kindOfStep(name: string): StepKind {
  const { stage, instruction } = parseStepName(name);
  if (stage !== null) return kindOfInstruction(instruction);
  if (
    name.startsWith('[internal] load build context') ||
    /^(https?:\/\/|http url|copy \/context)/.test(name)
  ) {
    return 'transfer';
  }
  if (/^(exporting|writing|preparing .*export|unpacking|pushing|naming|sending)\b/i.test(name))
    return 'export';
  // A base image needed only by COPY --from or another stage has no step number.
  return name.startsWith('FROM ') ? 'base' : 'internal';
}
