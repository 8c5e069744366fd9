import { DockerfileParser, type From, type Instruction as Parsed, type Property } from 'dockerfile-ast';

/** One instruction of a Dockerfile. Lines from 1. */
export interface Instruction {
  keyword: string;
  line: number;
  /** As it stands in the file, all its lines. */
  text: string;
  /** What stands behind the keyword, on one line as the builder reads it. */
  body: string;
  /** Names and values that an ARG or ENV gives. */
  values: { name: string; value: string | null }[];
}

export interface Stage {
  name: string | null;
  index: number;
  /** The image or stage of its FROM, as written. */
  base: string;
  instructions: Instruction[];
}

export interface Recipe {
  /** The image of the frontend that a `# syntax=` line asks for. */
  frontend: string | null;
  /** ARGs before the first FROM. */
  globals: Instruction[];
  stages: Stage[];
}

interface WithProperties {
  getProperties(): Property[];
}

const valuesOf = (parsed: Parsed): Instruction['values'] =>
  /^(ARG|ENV)$/.test(parsed.getKeyword())
    ? (parsed as Parsed & WithProperties)
        .getProperties()
        .map((property) => ({ name: property.getName(), value: property.getValue() }))
    : [];

/** Without comments between its lines and without the ends of lines that go on. */
function joined(text: string, escape: string): string {
  const end = escape === '`' ? /`[ \t]*$/ : /\\[ \t]*$/;
  const lines = text.split(/\r?\n/);
  let whole = '';
  let goesOn = false;
  for (const line of lines) {
    // A comment or an empty line in the middle is no part of it; in a here-document it is.
    if (goesOn && /^\s*(#.*)?$/.test(line)) continue;
    if (whole && !goesOn) whole += '\n';
    goesOn = end.test(line);
    whole += line.replace(end, '');
  }
  return whole;
}

function toInstruction(parsed: Parsed, lines: string[], escape: string): Instruction {
  const { start, end } = parsed.getRange();
  const text = lines.slice(start.line, end.line + 1).join('\n');
  const keyword = parsed.getKeyword();
  const body = joined(text, escape)
    .replace(/^\s*[A-Za-z]+\s*/, '')
    .trimEnd();
  return {
    keyword,
    line: start.line + 1,
    text: text.trim(),
    // In a command blanks may mean something; elsewhere they only separate.
    body: keyword === 'RUN' ? body : body.replaceAll(/[ \t]+/g, ' '),
    values: valuesOf(parsed),
  };
}

/** A Dockerfile as stages of instructions. */
export function parseRecipe(dockerfile: string): Recipe {
  const parsed = DockerfileParser.parse(dockerfile);
  const lines = dockerfile.split(/\r?\n/);
  const syntax = parsed.getDirectives().find((directive) => directive.getName().toLowerCase() === 'syntax');
  // The builder reads the first word and passes on the rest.
  const frontend = syntax?.getValue()?.trim().split(/\s+/)[0] || null;
  const recipe: Recipe = { frontend, globals: [], stages: [] };
  for (const each of parsed.getInstructions()) {
    const instruction = toInstruction(each, lines, parsed.getEscapeCharacter());
    if (instruction.keyword === 'FROM') {
      const from = each as From;
      const name = from.getBuildStage()?.toLowerCase() ?? null;
      const index = recipe.stages.length;
      recipe.stages.push({ name, index, base: from.getImage() ?? '', instructions: [instruction] });
    } else if (recipe.stages.length > 0) recipe.stages.at(-1)!.instructions.push(instruction);
    else if (instruction.keyword === 'ARG') recipe.globals.push(instruction);
  }
  return recipe;
}

/** The earlier stage that a name or number stands for. */
export const findStage = ({ stages }: Recipe, name: string, before: number): Stage | undefined =>
  stages.findLast(
    (stage) =>
      stage.index < before && (stage.name === name.toLowerCase() || String(stage.index) === name.trim()),
  );

/** The stage that a stage goes on from. A number is a stage's only for `--from`. */
const parentOf = (recipe: Recipe, stage: Stage): Stage | undefined =>
  /^\d+$/.test(stage.base) ? undefined : findStage(recipe, stage.base, stage.index);

/**
 * Every instruction that leads to the end of a stage, those of the stages that it goes on from first. The FROM of a
 * stage that goes on from another is left out: it does nothing.
 */
export function lineage(recipe: Recipe, stage: Stage): Instruction[] {
  const parent = parentOf(recipe, stage);
  return parent ? [...lineage(recipe, parent), ...stage.instructions.slice(1)] : stage.instructions;
}

/** The stage that stands on an image, below this one. */
export function rootStage(recipe: Recipe, stage: Stage): Stage {
  const parent = parentOf(recipe, stage);
  return parent ? rootStage(recipe, parent) : stage;
}

export const stageAt = (recipe: Recipe, line: number): Stage | undefined =>
  recipe.stages.findLast((stage) => stage.instructions[0]!.line <= line);

/** The same stage of another Dockerfile: by its name, else by its place. */
export const sameStage = ({ stages }: Recipe, stage: Stage): Stage | undefined =>
  (stage.name === null ? undefined : stages.findLast((other) => other.name === stage.name)) ??
  stages[stage.index];
