import 'server-only';
import { removeContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { hasImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import type { ReadProgress } from '@/lib/filetree/read-tar';
import { defineOperation } from '@/lib/operations/define';
import { isEngineThere } from '@/lib/engine/system/watch';
import type { OperationContext } from '@/lib/operations/kinds';
import type { Actor, ImageId, OperationId, ProjectId } from '@/lib/ids';
import { compareChanges } from './compare';
import { type Keys, readChanges, readKeys } from './read-tree';
import { comparisonHref } from './href';
import { type ComparisonInput, comparisonInput, comparisonResult, formatScore } from './schema';
import { findProof, insertComparison, saveResult } from './store';

/** Between progress events. */
const progressIntervalMs = 250;

const roles = ['base', 'wanted', 'built'] as const;
const scratchName = (operationId: OperationId, role: (typeof roles)[number]) =>
  `layerwright-compare-${operationId}-${role}`;

/** Queues the comparison of a build with the image that it must equal; null if the project has none. */
export async function startComparison(
  engine: Engine,
  build: { projectId: ProjectId; projectName: string; buildId: OperationId | null; builtId: ImageId },
  user: Actor | null,
): Promise<string | null> {
  const { projectId, projectName, buildId, builtId } = build;
  const proof = await findProof(projectId);
  if (!proof) return null;
  const input: ComparisonInput = {
    projectId,
    buildId,
    builtId,
    imageId: proof.imageId,
    baseId: proof.baseId,
  };
  const title = `Compare ${projectName} with ${proof.imageName}`;
  return compareOperation.start({ engine, title, input, user, parentId: buildId }, (tx, id) =>
    insertComparison(tx, id, input),
  );
}

async function requireImage(engine: Engine, id: string, what: string): Promise<void> {
  if (await hasImage(engine, id)) return;
  throw new AppError('not_found', `${what} is gone: the engine has no image ${id.slice(7, 19)} any more.`, {
    hint: 'Pull or load it again, or make a new commit.',
  });
}

function reading(context: OperationContext, role: (typeof roles)[number], image: string, step: string) {
  let told = -progressIntervalMs;
  const tell = async ({ paths, bytes }: ReadProgress, state: 'active' | 'done' = 'active') => {
    if (state === 'active' && performance.now() - told < progressIntervalMs) return;
    told = performance.now();
    const base = { type: 'progress', step, state } as const;
    await context.emit({ ...base, id: 'paths', label: 'Paths', current: paths, unit: 'items' });
    await context.emit({ ...base, id: 'bytes', label: 'Content', current: bytes, unit: 'bytes' });
  };
  return { image, scratch: scratchName(context.id, role), signal: context.signal, tell };
}

async function run(context: OperationContext<ComparisonInput>) {
  const { imageId, builtId, baseId } = context.input;
  await requireImage(context.engine, baseId, 'The base image');
  await requireImage(context.engine, imageId, 'The committed image');
  await requireImage(context.engine, builtId, 'The built image');
  const kind = { kind: 'transfer' as const };
  const keys: Keys = await context.step(
    'Read the base image',
    (step) => readKeys(context.engine, reading(context, 'base', baseId, step)),
    kind,
  );
  const wanted = await context.step(
    'Read the committed image',
    (step) => readChanges(context.engine, keys, reading(context, 'wanted', imageId, step)),
    kind,
  );
  const built = await context.step(
    'Read the built image',
    (step) => readChanges(context.engine, keys, reading(context, 'built', builtId, step)),
    kind,
  );
  return context.step(
    'Compare path by path',
    async (step) => {
      const { figures, differences } = compareChanges(wanted, built);
      await saveResult(context.id, figures, differences);
      const words = `${formatScore(figures)}: ${figures.agree} paths match, ${figures.different} differ, ${figures.missing} missing, ${figures.extra} extra; ${figures.volatile} time-dependent.`;
      await context.emit({ type: 'log', step, stream: 'stdout', text: `${words}\n` });
      return figures;
    },
    { kind: 'config' },
  );
}

/** After a crash: removes the containers that were made for reading. */
async function recover(engine: Engine, id: string): Promise<null> {
  for (const role of roles)
    await removeContainer(engine, scratchName(id, role)).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    });
  return null;
}

const compareOperation = defineOperation({
  kind: 'compare',
  read: 'image:read',
  lane: 'transfer',
  input: comparisonInput,
  result: comparisonResult,
  href: comparisonHref,
  ready: isEngineThere,
  run,
  recover,
});
