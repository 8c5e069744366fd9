import type { Recipe } from './schema';

/** The text, and for each line the commands that it comes from. */
export function formatRecipe({ lines }: Pick<Recipe, 'lines'>): {
  text: string;
  origins: { commands: number[]; note?: string }[];
} {
  const origins: { commands: number[]; note?: string }[] = [];
  const texts: string[] = [];
  for (const [index, line] of lines.entries()) {
    const keyword = line.text.split(' ', 1)[0];
    // A blank line between different kinds of instructions.
    if (index > 0 && (keyword === 'RUN' || lines[index - 1]!.text.split(' ', 1)[0] !== keyword)) {
      texts.push('');
      origins.push({ commands: [] });
    }
    for (const text of line.text.split('\n')) {
      texts.push(text);
      origins.push({ commands: line.commands, ...(line.note && { note: line.note }) });
    }
  }
  return { text: `${texts.join('\n')}\n`, origins };
}
