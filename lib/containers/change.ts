import 'server-only';
import {
  killContainer,
  pauseContainer,
  restartContainer,
  startContainer,
  stopContainer,
  unpauseContainer,
} from '@/lib/engine/containers/containers';
import { asAppError } from '@/lib/errors';
import { containersChanged } from '@/lib/operations/watch';
import { requireEngine } from '@/lib/operations/require-engine';
import { type Engine, engineCache } from '@/lib/engine/engine';
import type { ContainerId } from '@/lib/ids';
import type { ContainerChange, ContainerVerb } from './schema';

const calls: Record<ContainerVerb, (engine: Engine, id: ContainerId) => Promise<void>> = {
  start: startContainer,
  stop: (engine, id) => stopContainer(engine, id),
  restart: (engine, id) => restartContainer(engine, id),
  kill: (engine, id) => killContainer(engine, id),
  pause: pauseContainer,
  unpause: unpauseContainer,
};

/** ms. What takes longer than a click goes on without the one who clicked; the pages show that it does. */
const patience = 1500;
/** Failures that nobody looked at do not pile up. */
const maxKept = 200;

const changes = engineCache('container-changes', () => new Map<string, ContainerChange>());

export const changeOf = (engine: Engine, id: ContainerId): ContainerChange | null =>
  changes(engine).get(id) ?? null;

function note(engine: Engine, id: ContainerId, change: ContainerChange | null) {
  const kept = changes(engine);
  kept.delete(id);
  if (change) kept.set(id, change);
  if (kept.size > maxKept) kept.delete(kept.keys().next().value!);
  containersChanged(engine);
}

/**
 * Starts, stops, restarts or ends a container. Returns at the latest after a moment; stopping alone may take as long as
 * the container is given to end by itself. What fails after that is kept and shown with the container.
 */
export async function changeContainer(
  engine: Engine,
  id: ContainerId,
  verb: ContainerVerb,
): Promise<{ done: boolean }> {
  await requireEngine(engine);
  note(engine, id, { verb, failure: null });
  let waited = true;
  const work = calls[verb](engine, id).then(
    () => note(engine, id, null),
    (thrown: unknown) => {
      const error = asAppError(thrown);
      if (error.code === 'internal') console.error(`Container ${id} (${verb}):`, error.cause); // kept nowhere else
      note(engine, id, waited ? null : { verb, failure: { message: error.message, hint: error.hint } });
      if (waited) throw error;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      waited = false;
      resolve('late');
    }, patience);
  });
  try {
    return { done: (await Promise.race([work, late])) !== 'late' };
  } finally {
    clearTimeout(timer);
  }
}
