import { type Arg, type Dockerfile, DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import type { DockerfileOutline } from './schema';

const lineOf = (instruction: Instruction) => instruction.getRange().start.line + 1;

/** Names in `${NAME}`, `$NAME`, `${NAME:-default}`. */
const namesIn = (text: string) =>
  [...text.matchAll(/\$(?:\{(\w+)|(\w+))/g)].map((match) => match[1] ?? match[2]!);

const isFrom = (instruction: Instruction): instruction is From => instruction.getKeyword() === 'FROM';
const isArg = (instruction: Instruction): instruction is Arg => instruction.getKeyword() === 'ARG';

function unquote(value: string | null): string | null {
  if (value === null) return null;
  return /^(['"])(.*)\1$/s.exec(value)?.[2] ?? value;
}

/** One ARG may declare several names. */
const argsOf = (instruction: Arg) =>
  instruction
    .getProperties()
    .map((property) => ({ name: property.getName(), default: unquote(property.getUnescapedValue()) }));

const maxText = 200;

/** An instruction's arguments as one line. */
function textOf(instruction: Instruction): string {
  const raw = instruction.getRawArgumentsContent() ?? '';
  return raw
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, maxText);
}

function outline(dockerfile: Dockerfile): DockerfileOutline {
  const instructions = dockerfile.getInstructions();
  const inFrom = new Set(
    instructions.filter(isFrom).flatMap((from) => namesIn(from.getRawArgumentsContent() ?? '')),
  );
  const found: DockerfileOutline = { stages: [], args: [], ports: [], instructions: [] };
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword();
    const line = lineOf(instruction);
    found.instructions.push({
      keyword,
      text: textOf(instruction),
      line,
      endLine: instruction.getRange().end.line + 1,
    });
    if (isFrom(instruction))
      found.stages.push({
        name: instruction.getBuildStage(),
        index: found.stages.length,
        line,
        base: instruction.getImage() ?? '',
      });
    else if (isArg(instruction))
      for (const arg of argsOf(instruction)) {
        if (!/^[A-Za-z_]\w*$/.test(arg.name)) continue;
        const stage = found.stages.length ? found.stages.length - 1 : null;
        found.args.push({ ...arg, line, stage, usedInFrom: stage === null && inFrom.has(arg.name) });
      }
    else if (keyword === 'EXPOSE')
      found.ports.push(...instruction.getArguments().map((argument) => argument.getValue()));
  }
  found.ports = [...new Set(found.ports)];
  return found;
}

const nothing: DockerfileOutline = { stages: [], args: [], ports: [], instructions: [] };

/** What is in a Dockerfile, as far as it can be read: it may be half written. */
export function outlineDockerfile(text: string): DockerfileOutline {
  try {
    return outline(DockerfileParser.parse(text));
  } catch {
    return nothing; // the parser itself stumbled: there is nothing to offer, and the build will say what is wrong
  }
}
