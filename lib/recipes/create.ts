import 'server-only';
import { createWriteStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { insertProof } from '@/lib/comparisons/store';
import { exportContainer } from '@/lib/engine/containers/files';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { formatCount } from '@/lib/format/text';
import { defineOperation } from '@/lib/operations/define';
import { isEngineThere } from '@/lib/engine/system/watch';
import type { OperationContext } from '@/lib/operations/kinds';
import { createFilled, slugOf } from '@/lib/projects/create';
import { makeDirectories, writeNewFile } from '@/lib/projects/default-modes';
import { defaultOptions } from '@/lib/projects/options/schema';
import { findMadeProject, interruptedMessage, madeMessage } from '@/lib/projects/recover-files';
import { pathProblem } from '@/lib/projects/rules';
import { requireFreeName } from '@/lib/projects/store';
import { plainMode } from '@/lib/projects/unpack/modes';
import { watchDiskSpace } from '@/lib/uploads/disk-space';
import { keepEntries } from '@/lib/tar/keep';
import type { Actor, OperationId } from '@/lib/ids';
import { readOneFile, removeReadContainer, withImageFiles } from './read-image';
import { recipeHref } from './href';
import { restArchive } from './schema';

const newProjectInput = z.object({
  name: z.string(),
  dockerfile: z.string(),
  files: z.array(z.object({ path: z.string(), source: z.string() })),
  rest: z.array(z.string()),
  commitId: z.string(),
  imageId: z.string(),
  imageName: z.string(),
  baseId: z.string(),
});
type NewProjectInput = z.infer<typeof newProjectInput>;

/** Queues the creation of a project from a Dockerfile and files of an image. Returns the operation's id. */
export async function startProjectFromRecipe(
  engine: Engine,
  input: NewProjectInput,
  user: Actor,
): Promise<string> {
  await requireFreeName(input.name);
  return recipeOperation.start({ engine, title: `Project ${input.name}`, input, user });
}

const gone = (file: string) =>
  new AppError('not_found', `${file} is not in the committed image.`, {
    hint: 'Remove its line from the Dockerfile, or commit the container again.',
  });

async function takeFile(
  container: string,
  directory: string,
  { path: from, source }: { path: string; source: string },
  { engine, signal }: OperationContext,
  hasRoom: (bytes: number) => Promise<void>,
) {
  const problem = pathProblem(source);
  if (problem) throw new AppError('invalid_input', `${source}: ${problem}`);
  const place = path.join(directory, source);
  await makeDirectories(path.dirname(place));
  const taken = await readOneFile(engine, container, from, signal, async (entry) => {
    if (entry.type !== 'file') throw gone(from);
    await hasRoom(entry.size);
    await pipeline(entry.content, createWriteStream(place, { flags: 'wx' }), { signal });
    await chmod(place, entry.mode);
    return true;
  });
  if (!taken) throw gone(from);
}

async function takeRest(container: string, directory: string, rest: string[], context: OperationContext) {
  const kept = new Set(rest);
  const hasRoom = watchDiskSpace(directory);
  const archive = path.join(directory, restArchive);
  const source = await exportContainer(context.engine, container, context.signal);
  await pipeline(
    async function* pieces() {
      for await (const piece of keepEntries(source, kept, new Set())) {
        await hasRoom(piece.length);
        yield piece;
      }
    },
    createWriteStream(archive, { flags: 'wx' }),
    { signal: context.signal },
  );
  await chmod(archive, plainMode);
}

async function fill(directory: string, context: OperationContext<NewProjectInput>) {
  const { input } = context;
  await writeNewFile(path.join(directory, 'Dockerfile'), input.dockerfile);
  if (input.files.length + input.rest.length === 0) return;
  const hasRoom = watchDiskSpace(directory);
  await withImageFiles(context.engine, context.id, input.imageId, async (container) => {
    if (input.files.length > 0)
      await context.step(
        `Extract ${formatCount(input.files.length, 'file')} from the image`,
        async () => {
          for (const file of input.files) await takeFile(container, directory, file, context, hasRoom);
        },
        { kind: 'copy' },
      );
    if (input.rest.length > 0)
      await context.step(
        `Pack ${formatCount(input.rest.length, 'path')} into ${restArchive}`,
        () => takeRest(container, directory, input.rest, context),
        { kind: 'copy' },
      );
  });
}

async function run(context: OperationContext<NewProjectInput>) {
  const { input } = context;
  // A tag of its own, so that the committed image keeps its tag.
  const options = { ...defaultOptions, tags: [`${slugOf(input.name)}:built`] };
  const description = `Generated from the commit ${input.imageName}.`;
  const { imageId, imageName, baseId, commitId } = input;
  const projectId = await createFilled(
    { madeBy: context.id, name: input.name, description, options },
    (directory) => fill(directory, context),
    (tx, id) => insertProof(tx, { projectId: id, imageId, imageName, baseId, commitId }),
  );
  return { projectId };
}

/** After a crash. The project and the image that it must equal are stored together. */
async function recover(engine: Engine, id: OperationId) {
  await removeReadContainer(engine, id);
  const made = await findMadeProject(id, { to: 'new' });
  if (!made) return { succeeded: false, message: interruptedMessage({ to: 'new' }) };
  return { succeeded: true, message: madeMessage, result: { projectId: made.projectId } };
}

export const recipeOperation = defineOperation({
  kind: 'recipe',
  read: 'project:read',
  lane: 'transfer',
  input: newProjectInput,
  result: z.object({ projectId: z.string() }),
  href: recipeHref,
  ready: isEngineThere,
  run,
  recover,
});
