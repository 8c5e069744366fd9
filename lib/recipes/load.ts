import 'server-only';
import { imageRunConfig } from '@/lib/engine/containers/commit';
import type { Engine } from '@/lib/engine/engine';
import { findImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import { readFacts } from './read-image';
import { type FileFacts, makeRecipe, type RecipeInput } from './recipe';
import type { Recipe } from './schema';

/** ms that the files of an image are looked at for; a page waits as long. */
const budget = 60_000;

export interface RecipeSource extends Pick<
  RecipeInput,
  'commands' | 'uploads' | 'changes' | 'leavesOut' | 'instructions'
> {
  imageId: string;
  baseId: string;
  baseName: string;
}

/** A name of the base image that a build can begin with. */
async function baseReference(engine: Engine, baseId: string, baseName: string): Promise<string> {
  const [image, named] = await Promise.all([
    findImage(engine, baseId),
    /^(?:sha256:)?[a-f0-9]{12,64}$/.test(baseName) ? null : findImage(engine, baseName),
  ]);
  if (!image)
    throw new AppError('not_found', 'The base image is gone, so that no Dockerfile can begin with it.', {
      hint: 'Bring it back: pull or load it.',
    });
  if (named?.id === image.id) return baseName;
  if (image.tags[0]) return image.tags[0];
  throw new AppError('conflict', `The base image ${image.id.slice(7, 19)} has no name.`, {
    hint: 'Give it one on its page, then come back: a Dockerfile begins with a name.',
  });
}

const guess: FileFacts = { type: 'file', mode: 0o644, uid: 0, gid: 0 };

const guessed = ({ changes, uploads }: Pick<RecipeInput, 'changes' | 'uploads'>) =>
  new Map(
    [...changes.filter(({ kind }) => kind !== 'removed'), ...uploads].map(
      ({ path }) => [path, guess] as const,
    ),
  );

/** What no command explains, with the directories on the way: what the archive of a project holds. */
export const restOf = ({ commands, uploads, changes }: RecipeSource): string[] =>
  makeRecipe({
    base: 'scratch',
    from: { user: '', workingDirectory: '' },
    to: { user: '', workingDirectory: '' },
    commands,
    uploads,
    changes,
    files: guessed({ changes, uploads }),
    instructions: [],
    allInArchive: true,
  }).rest;

/** First as if every path were a file; then with what those that matter really are. */
async function withFacts(
  engine: Engine,
  input: Omit<RecipeInput, 'files'>,
  imageId: string,
): Promise<Recipe> {
  const first = makeRecipe({ ...input, files: guessed(input) });
  const asked = [...new Set([...first.files.map(({ path }) => path), ...first.rest])];
  const files = await readFacts(engine, imageId, asked, AbortSignal.timeout(budget));
  return makeRecipe({ ...input, files });
}

/** The Dockerfile of a commit, out of what was recorded. */
export async function loadRecipe(engine: Engine, source: RecipeSource): Promise<Recipe> {
  const { imageId, baseId, baseName, ...rest } = source;
  if (!(await findImage(engine, imageId)))
    throw new AppError('not_found', 'The committed image is gone, with the files that a Dockerfile needs.', {
      hint: 'Commit the container again.',
    });
  const [base, from, to] = await Promise.all([
    baseReference(engine, baseId, baseName),
    imageRunConfig(engine, baseId),
    imageRunConfig(engine, imageId),
  ]);
  return withFacts(
    engine,
    {
      ...rest,
      base,
      from: { user: from.User, workingDirectory: from.WorkingDir },
      to: { user: to.User, workingDirectory: to.WorkingDir },
    },
    imageId,
  );
}
