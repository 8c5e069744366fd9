import 'server-only';
import type { BuildContext } from '@/lib/contexts/context';
import { isIgnored } from '@/lib/contexts/ignore';
import { addLine, ignoreLine } from '@/lib/contexts/ignore-line';
import { AppError } from '@/lib/errors';
import { writeFile } from './edit-files';
import { readFile } from './files';

/** Adds a line to the ignore file that excludes a path. Returns the name of the ignore file. */
export async function ignorePath(
  { root, ignore }: BuildContext,
  path: string,
): Promise<{ source: string; line: string }> {
  const line = ignoreLine(path);
  if (line === null)
    throw new AppError(
      'invalid_input',
      'An ignore file cannot name this path: it begins or ends with a space.',
      {
        hint: 'Rename it, or exclude its directory.',
      },
    );
  const source = ignore.source ?? '.dockerignore';
  if (isIgnored(ignore, path)) return { source, line };
  if (ignore.source === null) {
    await writeFile(root, source, `${line}\n`, null);
    return { source, line };
  }
  const file = await readFile(root, source);
  if (file.kind !== 'text') throw new AppError('invalid_input', `“${source}” is not a text file.`);
  await writeFile(root, source, addLine(file.text, line), file.version);
  return { source, line };
}
