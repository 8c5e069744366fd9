import { readPlan } from './stages';
import { namesIn, unquote } from './shell-words';

/** The stages, arguments and instructions of a Dockerfile. Lines count from 1. */
export interface DockerfileOutline {
  stages: { name: string | null; index: number; line: number; base: string }[];
  args: {
    name: string;
    default: string | null;
    line: number;
    /** Number of its stage; null before the first. */
    stage: number | null;
    usedInFrom: boolean;
  }[];
  ports: string[];
  /** `text`: the arguments, on one line and shortened. */
  instructions: { keyword: string; text: string; line: number; endLine: number }[];
}

const maxShownCharacters = 200;

/** The outline of a Dockerfile, which may be incomplete. */
export function outlineDockerfile(text: string): DockerfileOutline {
  const { file, stages } = readPlan(text);
  const { instructions, escape } = file;
  const inFrom = new Set(
    instructions.flatMap(({ keyword, body }) => (keyword === 'FROM' ? [...namesIn(body, escape)] : [])),
  );
  const stageOf = (line: number) =>
    stages.findLast(({ instructions: [from] }) => from!.line <= line)?.index ?? null;
  const ports = instructions
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ words }) => words.map((word) => word.text));
  return {
    stages: stages.map(({ label, index, base, instructions: [from] }) => ({
      name: label,
      index,
      line: from!.line,
      base: base.written,
    })),
    args: instructions
      .filter(({ keyword }) => keyword === 'ARG')
      .flatMap(({ assignments, line }) =>
        assignments
          .filter(({ name }) => /^[A-Za-z_]\w*$/.test(name))
          .map(({ name, value }) => {
            const stage = stageOf(line);
            return {
              name,
              default: value === null ? null : unquote(value, escape),
              line,
              stage,
              usedInFrom: stage === null && inFrom.has(name),
            };
          }),
      ),
    ports: [...new Set(ports)],
    instructions: instructions.map(({ keyword, body, line, endLine }) => ({
      keyword,
      text: body.replaceAll(/\s+/g, ' ').slice(0, maxShownCharacters),
      line,
      endLine,
    })),
  };
}
