import 'server-only';
import { AppError } from '@/lib/errors';
import { secretFile } from '@/lib/known/secrets';
import type { BuildContext } from './context';
import { openLevel } from './level';
import { readDockerfile } from './read-dockerfile';
import type { ContextLevel, ContextPreview, ContextWarning } from './schema';
import { type ContextEntry, walkContext } from './walk';

const largestShown = 20;
/** Limit of counted ignored files; a node_modules may have very many. */
const maxIgnored = 100_000;

/** The warning about a file that would be sent, or null. */
function warningOf(path: string, isDirectory: boolean): ContextWarning | null {
  if (isDirectory) {
    const isRepository = /(?:^|\/)\.git$/.test(path);
    return isRepository ? { path, why: 'sends the whole history of the repository' } : null;
  }
  const why = secretFile(path);
  return why ? { path, why } : null;
}

/** Includes entries below excluded directories, up to a limit. */
async function walkWithTotals(
  { root, ignore }: BuildContext,
  from: string,
  see: (entry: ContextEntry, warning: ContextWarning | null) => void,
): Promise<ContextPreview['ignored']> {
  const ignored = { files: 0, bytes: 0, more: false };
  const showIgnored = () => {
    ignored.more ||= ignored.files >= maxIgnored;
    return !ignored.more;
  };
  for await (const entries of walkContext(root, { from, ignore: ignore.rules, showIgnored }))
    for (const entry of entries) {
      if (entry.ignored && entry.type !== 'directory') {
        ignored.files += 1;
        ignored.bytes += entry.size;
      }
      see(entry, entry.ignored ? null : warningOf(entry.path, entry.type === 'directory'));
    }
  return ignored;
}

async function problemOf({ root, dockerfile }: BuildContext): Promise<string | null> {
  try {
    await readDockerfile(root, dockerfile);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** What a build would send. */
export async function previewContext(context: BuildContext): Promise<ContextPreview> {
  const level = openLevel('');
  const warnings: ContextWarning[] = [];
  let files = 0;
  let bytes = 0;
  let largest: ContextPreview['largest'] = [];
  const ignored = await walkWithTotals(context, '', (entry, warning) => {
    level.add(entry, warning);
    if (warning) warnings.push(warning);
    if (entry.ignored || entry.type === 'directory') return;
    files += 1;
    bytes += entry.size;
    largest.push({ path: entry.path, size: entry.size });
    if (largest.length > 10 * largestShown) largest = largestOf(largest);
  });
  return {
    files,
    bytes,
    largest: largestOf(largest),
    ignored,
    ignoreFile: context.ignore.source,
    dockerfile: context.dockerfile,
    dockerfileProblem: await problemOf(context),
    warnings,
    top: level.read(context.ignore.source, !ignored.more),
  };
}

const largestOf = (files: ContextPreview['largest']) =>
  files.toSorted((one, other) => other.size - one.size).slice(0, largestShown);

/** One directory of a context: what of each entry is sent and what is excluded. */
export async function previewFolder(context: BuildContext, folder: string): Promise<ContextLevel> {
  const level = openLevel(folder);
  const ignored = await walkWithTotals(context, folder, (entry, warning) => level.add(entry, warning));
  return level.read(context.ignore.source, !ignored.more);
}
