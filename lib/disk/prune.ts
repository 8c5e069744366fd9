import 'server-only';
import { isAlive } from '@/lib/containers/schema';
import { getContainer, removeContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { pruneBuildCache, removeVolume } from '@/lib/engine/system/disk';
import { AppError, asAppError } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import { defineOperation } from '@/lib/operations/define';
import { isEngineThere } from '@/lib/engine/system/watch';
import type { OperationContext } from '@/lib/operations/kinds';
import { operationHref } from '@/lib/operations/status';
import type { Actor } from '@/lib/ids';
import { recoverPrune } from './recover';
import { forgetMeasurement, knownUse } from './measure';
import { type PruneInput, pruneInput, type PruneResult, pruneResult } from './schema';

interface Removal {
  name: string;
  size: number;
  remove: () => Promise<void>;
}

/** Reasons why something was not removed: it is in use (again), or already removed. */
const keptCodes = new Set(['conflict', 'not_found', 'engine_rejected']);

async function removeEach(
  context: OperationContext,
  step: string,
  removals: Removal[],
): Promise<PruneResult> {
  const result: PruneResult = { removed: 0, kept: 0, size: 0 };
  const say = (text: string, stream: 'stdout' | 'stderr' = 'stdout') =>
    context.emit({ type: 'log', step, stream, text: `${text}\n` });
  for (const [index, { name, size, remove }] of removals.entries()) {
    context.signal.throwIfAborted();
    await context.emit({
      type: 'progress',
      step,
      id: 'removed',
      label: 'Removed',
      state: 'active',
      current: index,
      total: removals.length,
      unit: 'items',
    });
    try {
      await remove();
      result.removed += 1;
      result.size += size;
      await say(`Removed ${name}, ${formatBytes(size)}`);
    } catch (thrown) {
      const error = asAppError(thrown);
      if (!keptCodes.has(error.code)) throw error;
      result.kept += 1;
      await say(`Kept ${name}: ${error.message}`, 'stderr');
    }
  }
  await context.emit({
    type: 'progress',
    step,
    id: 'removed',
    label: 'Removed',
    state: 'done',
    current: result.removed,
    total: removals.length,
    unit: 'items',
  });
  return result;
}

async function containerRemovals(engine: Engine, ids: string[]): Promise<Removal[]> {
  const { containers } = await knownUse(engine);
  return ids.map((id) => {
    const { name = id.slice(0, 12), size = 0 } = containers.find((one) => one.id === id) ?? {};
    return { name, size, remove: () => removeStopped(engine, id) };
  });
}

/** Started meanwhile: it is kept, which is no error. */
async function removeStopped(engine: Engine, id: string): Promise<void> {
  const { state } = await getContainer(engine, id);
  if (isAlive(state)) throw new AppError('conflict', 'It has been started in the meantime.');
  await removeContainer(engine, id, { force: false });
}

async function volumeRemovals(engine: Engine, names: string[]): Promise<Removal[]> {
  const { volumes } = await knownUse(engine);
  return names.map((name) => ({
    name,
    size: volumes.find((one) => one.name === name)?.size ?? 0,
    remove: () => removeVolume(engine, name),
  }));
}

async function work(context: OperationContext<PruneInput>, step: string): Promise<PruneResult> {
  const { input } = context;
  if (input.what === 'build-cache') {
    const { removed, size } = await pruneBuildCache(context.engine, {
      all: input.all,
      signal: context.signal,
    });
    return { removed, kept: 0, size };
  }
  const removals =
    input.what === 'containers'
      ? await containerRemovals(context.engine, input.ids)
      : await volumeRemovals(context.engine, input.names);
  return removeEach(context, step, removals);
}

const itemNames = {
  containers: (count: number) => formatCount(count, 'container'),
  volumes: (count: number) => formatCount(count, 'volume'),
  'build-cache': (count: number) =>
    formatCount(count, 'record of the build cache', 'records of the build cache'),
};

async function run(context: OperationContext<PruneInput>): Promise<PruneResult> {
  const { input } = context;
  try {
    return await context.step(titleOf(input), async (step) => {
      const result = await work(context, step);
      const kept = result.kept > 0 ? ` ${itemNames[input.what](result.kept)} stayed.` : '';
      const text = `Removed ${itemNames[input.what](result.removed)}; ${formatBytes(result.size)} freed.${kept}`;
      // As the step's name it is visible without opening the step.
      await context.emit({ type: 'step', step, name: text });
      return result;
    });
  } finally {
    forgetMeasurement(context.engine);
  }
}

function titleOf(input: PruneInput): string {
  if (input.what === 'containers') return `Remove ${itemNames.containers(input.ids.length)}`;
  if (input.what === 'volumes') return `Remove ${itemNames.volumes(input.names.length)}`;
  return input.all ? 'Remove all build cache' : 'Remove unused build cache';
}

export const pruneOperation = defineOperation({
  kind: 'prune',
  read: 'engine:read',
  lane: 'transfer',
  freesSpace: true,
  input: pruneInput,
  result: pruneResult,
  href: operationHref,
  ready: isEngineThere,
  run,
  recover: recoverPrune,
});

/** Starts the clean-up of the previewed items. Returns the operation's id. */
export const startPrune = (engine: Engine, input: PruneInput, user: Actor): Promise<string> =>
  pruneOperation.start({ engine, title: titleOf(input), input, user });
