import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage, hasImage, imageRunConfig } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import type { ImageId } from '@/lib/ids';
import { readFacts } from './read-image';
import type { FileFacts, RecipeInput } from './input';
import { makeRecipe } from './recipe';
import type { Recipe } from './schema';

/** Time limit for reading the files of an image; the page waits for it. */
const budgetMs = 60_000;

export interface RecipeSource extends Pick<
  RecipeInput,
  'commands' | 'uploads' | 'changes' | 'leavesOut' | 'instructions'
> {
  imageId: ImageId;
  baseId: ImageId;
  baseName: string;
}

/** A reference of the base image for FROM. */
async function baseReference(engine: Engine, baseId: ImageId, baseName: string): Promise<string> {
  const [image, named] = await Promise.all([
    findImage(engine, baseId),
    /^(?:sha256:)?[a-f0-9]{12,64}$/.test(baseName) ? null : findImage(engine, baseName),
  ]);
  if (!image)
    throw new AppError('not_found', 'The base image is missing, so no Dockerfile can be based on it.', {
      hint: 'Pull or load it again.',
    });
  if (named?.id === image.id) return baseName;
  if (image.tags[0]) return image.tags[0];
  throw new AppError('conflict', `The base image ${image.id.slice(7, 19)} is untagged.`, {
    hint: 'Tag it on its page first: a Dockerfile needs a reference.',
  });
}

const guess: FileFacts = { type: 'file', mode: 0o644, uid: 0, gid: 0 };

const guessed = ({ changes, uploads }: Pick<RecipeInput, 'changes' | 'uploads'>) =>
  new Map(
    [...changes.filter(({ kind }) => kind !== 'removed'), ...uploads].map(
      ({ path }) => [path, guess] as const,
    ),
  );

/** The unexplained paths with their parent directories, for the project's archive. */
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

/** Two passes: first as if every path were a file, then with the real types of relevant paths. */
async function withFacts(
  engine: Engine,
  input: Omit<RecipeInput, 'files'>,
  imageId: ImageId,
): Promise<Recipe> {
  const first = makeRecipe({ ...input, files: guessed(input) });
  const asked = [...new Set([...first.files.map(({ path }) => path), ...first.rest])];
  const files = await readFacts(engine, imageId, asked, AbortSignal.timeout(budgetMs));
  return makeRecipe({ ...input, files });
}

/** Generates the Dockerfile of a commit from its recordings. */
export async function loadRecipe(engine: Engine, source: RecipeSource): Promise<Recipe> {
  const { imageId, baseId, baseName, ...rest } = source;
  if (!(await hasImage(engine, imageId)))
    throw new AppError(
      'not_found',
      'The committed image and the files that a Dockerfile needs are missing.',
      {
        hint: 'Commit the container again.',
      },
    );
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
