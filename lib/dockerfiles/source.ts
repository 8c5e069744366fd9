import { type Arg, type Dockerfile, DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import { openPlaces, type Place, type Span } from './places';

export interface Stage {
  index: number;
  /** As written; the engine does not tell upper from lower case. */
  name: string | null;
  from: From;
  /** What it stands on, with arguments put in; null where that is not known before the build. */
  base: string | null;
  /** The stage that it stands on, when it is one of this file. */
  parent: Stage | null;
  instructions: Instruction[];
  /** Its layers become part of the image: it is the last stage, or the last one stands on it. */
  shipped: boolean;
}

/** A Dockerfile as its rules read it. */
export interface Source {
  text: string;
  file: Dockerfile;
  instructions: Instruction[];
  stages: Stage[];
  at: (place: Place) => number;
  span: (range: { start: Place; end: Place }) => Span;
}

const isFrom = (instruction: Instruction): instruction is From => instruction.getKeyword() === 'FROM';
const isArg = (instruction: Instruction): instruction is Arg => instruction.getKeyword() === 'ARG';

function defaultsOf(instructions: Instruction[]): Map<string, string> {
  const defaults = new Map<string, string>();
  for (const instruction of instructions) {
    if (isFrom(instruction)) break;
    if (!isArg(instruction)) continue;
    for (const property of instruction.getProperties()) {
      const value = property.getUnescapedValue();
      if (value) defaults.set(property.getName(), value.replace(/^(['"])(.*)\1$/s, '$2'));
    }
  }
  return defaults;
}

/** With `$NAME`, `${NAME}` and `${NAME:-default}` put in; null where one is not known. */
function expand(text: string, values: Map<string, string>): string | null {
  let unknown = false;
  const expanded = text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
    (_, plain?: string, braced?: string, fallback?: string) => {
      const value = values.get(plain ?? braced ?? '') ?? fallback;
      if (value === undefined) unknown = true;
      return value ?? '';
    },
  );
  return unknown ? null : expanded;
}

export const sameName = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one.toLowerCase() === other.toLowerCase();

export function readSource(text: string): Source {
  const file = DockerfileParser.parse(text);
  const instructions = file.getInstructions();
  const defaults = defaultsOf(instructions);
  const stages: Stage[] = [];
  for (const instruction of instructions) {
    if (!isFrom(instruction)) {
      stages.at(-1)?.instructions.push(instruction);
      continue;
    }
    const base = expand(instruction.getImage() ?? '', defaults);
    const parent = stages.find((stage) => sameName(stage.name, base)) ?? null;
    const name = instruction.getBuildStage();
    stages.push({
      index: stages.length,
      name,
      from: instruction,
      base,
      parent,
      instructions: [],
      shipped: false,
    });
  }
  for (let stage = stages.at(-1) ?? null; stage; stage = stage.parent) stage.shipped = true;
  return { text, file, instructions, stages, ...openPlaces(text) };
}
