import 'server-only';
import { Readable } from 'node:stream';
import { commitContainer, waitForContainer } from '@/lib/engine/containers/commit';
import { createScratchContainer } from '@/lib/engine/containers/create';
import { type ContainerChange, exportContainer, writeArchive } from '@/lib/engine/containers/files';
import {
  pauseContainer,
  removeContainer,
  startContainer,
  unpauseContainer,
} from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { formatCount } from '@/lib/format/text';
import type { OperationContext } from '@/lib/operations/kinds';
import { keepEntries, type KeptProgress } from '@/lib/tar/keep';
import type { ImageId, OperationId } from '@/lib/ids';
import type { CommitPlan } from './plan';
import type { CommitInput } from './schema';
import { isHeld, updateCommit } from './store';

/** Between progress events. */
const progressIntervalMs = 250;
/** Linux allows 2 MiB of arguments and environment. */
const maxArgumentBytes = 1024 * 1024;

const scratchName = (operationId: OperationId) => `layerwright-commit-${operationId}`;

/** Passes everything on, and reports progress at intervals. */
async function* reporting(source: AsyncIterable<Buffer>, tell: () => Promise<unknown>) {
  let told = -progressIntervalMs;
  for await (const piece of source) {
    yield piece;
    if (performance.now() - told < progressIntervalMs) continue;
    told = performance.now();
    await tell();
  }
}

/** Pauses the container during the work if asked; after a crash `cleanUp` unpauses it. */
async function holding<T>(
  engine: Engine,
  id: string,
  container: string,
  hold: boolean,
  work: () => Promise<T>,
): Promise<T> {
  if (!hold) return work();
  await updateCommit(id, { held: true });
  await pauseContainer(engine, container);
  try {
    return await work();
  } finally {
    await unpauseContainer(engine, container);
    await updateCommit(id, { held: false });
  }
}

const noRemover = (cause: unknown) =>
  new AppError(
    'engine_rejected',
    'The base image has no “rm” program, which is needed to delete removed files.',
    {
      hint: 'Exclude the removed paths, too, or commit without exclusions.',
      cause,
    },
  );

async function removePaths(
  scratch: string,
  removed: ContainerChange[],
  { engine, signal }: OperationContext,
) {
  await startContainer(engine, scratch).catch((error: unknown) => {
    throw noRemover(error);
  });
  const code = await waitForContainer(engine, scratch, signal);
  if (code !== 0) throw new AppError('engine_rejected', `Removing files ended with exit code ${code}.`);
}

/** The command of the scratch container, which is started only if there are paths to remove. */
function removerOf(removed: ContainerChange[]): string[] {
  const paths = removed.map((change) => change.path);
  if (Buffer.byteLength(paths.join(' ')) > maxArgumentBytes)
    throw new AppError('too_large', `${paths.length} removed paths are too many for one clean layer.`, {
      hint: 'Commit without exclusions, or exclude the directories of the removed paths.',
    });
  return ['rm', '-rf', '--', ...(paths.length > 0 ? paths : ['/nothing'])];
}

async function copyKept(
  context: OperationContext,
  from: string,
  to: string,
  plan: CommitPlan,
  all: Set<string>,
) {
  const { signal, emit } = context;
  const kept = new Set(plan.kept.filter((change) => change.kind !== 'removed').map((change) => change.path));
  const progress: KeptProgress = { bytes: 0, paths: 0 };
  await context.step(
    `Copy ${formatCount(kept.size, 'changed path')}`,
    async (step) => {
      const tell = (state: 'active' | 'done') => {
        const base = { type: 'progress', step, state } as const;
        return Promise.all([
          emit({
            ...base,
            id: 'paths',
            label: 'Paths',
            current: progress.paths,
            total: kept.size,
            unit: 'items',
          }),
          emit({ ...base, id: 'bytes', label: 'Content', current: progress.bytes, unit: 'bytes' }),
        ]);
      };
      const source = keepEntries(await exportContainer(context.engine, from, signal), kept, all, progress);
      const tar = Readable.from(
        reporting(source, () => tell('active')),
        { objectMode: false },
      );
      await writeArchive(context.engine, to, '/', tar, signal);
      await tell('done');
    },
    { kind: 'transfer' },
  );
}

/** Makes one clean layer: copies the kept changes into a new container of the base image and commits that. */
export async function commitLayer(
  context: OperationContext,
  input: CommitInput,
  plan: CommitPlan,
  changes: ContainerChange[],
  from: { baseId: ImageId; hold: boolean; baseUser: string },
): Promise<string> {
  const removed = plan.kept.filter((change) => change.kind === 'removed');
  const user = removed.length > 0 && from.baseUser ? '0' : '';
  const scratch = await createScratchContainer(
    context.engine,
    from.baseId,
    scratchName(context.id),
    removerOf(removed),
    user,
  );
  try {
    if (removed.length > 0)
      await context.step(
        `Remove ${formatCount(removed.length, 'path')}`,
        () => removePaths(scratch, removed, context),
        {
          kind: 'run',
        },
      );
    const all = new Set(changes.map((change) => change.path));
    await holding(context.engine, context.id, input.containerId, from.hold, () =>
      copyKept(context, input.containerId, scratch, plan, all),
    );
    return await context.step(
      'Commit the layer',
      () =>
        commitContainer(
          context.engine,
          { ...input, container: scratch, pause: false, config: plan.config },
          context.signal,
        ),
      { kind: 'export' },
    );
  } finally {
    await removeContainer(context.engine, scratch);
  }
}

/** After a crash: removes the scratch container and unpauses the source. */
export async function cleanUp(engine: Engine, operationId: OperationId, container: string): Promise<void> {
  await removeContainer(engine, scratchName(operationId)).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
  });
  if (await isHeld(operationId)) {
    await unpauseContainer(engine, container);
    await updateCommit(operationId, { held: false });
  }
}
