import 'server-only';
import type { ContainerSummary } from '@/lib/engine/containers/types';
import { listContainers } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { requireEngine } from '@/lib/operations/require-engine';
import { changeOf } from './change';
import { type ContainerFilter, type ContainerPage, isAlive, wasRunHere } from './schema';

const views: Record<ContainerFilter['view'], (container: ContainerSummary) => boolean> = {
  all: () => true,
  running: ({ state }) => isAlive(state),
  stopped: ({ state }) => !isAlive(state),
  ours: ({ labels }) => wasRunHere(labels),
};

/** All words must be found, each in the name, the image, the id, the command, a port or a label. */
function matches(container: ContainerSummary, words: string[]): boolean {
  if (words.length === 0) return true;
  const { id, name, image, command, ports, labels } = container;
  const numbers = ports.map(({ inside, outside }) => `${outside ?? ''}:${inside}`);
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const text = [id, name, image, command, ...numbers, ...pairs].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What runs first, then the newest. */
export function selectContainers(
  containers: ContainerSummary[],
  { q, view }: Pick<ContainerFilter, 'q' | 'view'>,
): ContainerSummary[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return containers
    .filter((container) => views[view](container) && matches(container, words))
    .toSorted(
      (a, b) =>
        Number(isAlive(b.state)) - Number(isAlive(a.state)) ||
        b.created - a.created ||
        a.name.localeCompare(b.name),
    );
}

/** One page of containers. A cursor that is gone meanwhile means the first page. */
export async function listContainerPage(engine: Engine, filter: ContainerFilter): Promise<ContainerPage> {
  await requireEngine(engine);
  const containers = await listContainers(engine);
  const selected = selectContainers(containers, filter);
  const from = filter.after ? selected.findIndex(({ id }) => id === filter.after) + 1 : 0;
  const page = selected.slice(from, from + filter.limit);
  return {
    rows: page.map(({ labels, command: _command, ...row }) => ({
      ...row,
      runHere: wasRunHere(labels),
      change: changeOf(engine, row.id),
    })),
    matching: selected.length,
    total: containers.length,
    running: containers.filter(({ state }) => isAlive(state)).length,
    first: from + 1,
    newer: from === 0 ? undefined : (selected[from - filter.limit - 1]?.id ?? null),
    older: from + page.length < selected.length ? page.at(-1)!.id : null,
  };
}
