import { diffArrays } from 'diff';

export interface Origin {
  commands: number[];
  note?: string;
}

const none: Origin = { commands: [] };

/** The origins of an edited text's lines: unchanged lines keep theirs. */
export function originsOf(generated: string[], origins: Origin[], edited: string[]): Origin[] {
  const found: Origin[] = [];
  let at = 0;
  for (const part of diffArrays(generated, edited)) {
    if (part.removed) at += part.value.length;
    else if (part.added) found.push(...part.value.map(() => none));
    else {
      found.push(...part.value.map((_line, index) => origins[at + index] ?? none));
      at += part.value.length;
    }
  }
  return found;
}

/** The first line that comes from a command; from 1, 0 for none. */
export const lineOf = (origins: Origin[], command: number): number =>
  origins.findIndex(({ commands }) => commands.includes(command)) + 1;
