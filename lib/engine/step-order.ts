import type { Vertex } from './trace';
import { parseStepName } from './step-names';

/** Preparations first, then the stages' steps, then the export. */
function rank(name: string): [group: number, index: number] {
  const { stage, index } = parseStepName(name);
  if (stage !== null) return [1, index];
  return name.startsWith('[') ||
    /^(resolve|importing|docker-image:|https?:|http url|copy \/context|FROM )/.test(name)
    ? [0, 0]
    : [2, 0];
}

/**
 * The order in which a person reads the steps: what a step waited for stands before it, and of those that could be
 * next the earlier in the Dockerfile. Engines since 26 give the last one first. One record may bring a step several
 * times, as it was and as it became: these keep their order, side by side.
 */
export function inReadingOrder<V extends Pick<Vertex, 'digest' | 'inputs' | 'name'>>(
  vertexes: readonly V[],
): V[] {
  const updates = new Map<string, V[]>();
  for (const vertex of vertexes) {
    const own = updates.get(vertex.digest);
    if (own) own.push(vertex);
    else updates.set(vertex.digest, [vertex]);
  }
  const candidates = [...updates.values()]
    .map(([first]) => ({ vertex: first!, rank: rank(first!.name) }))
    .toSorted((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1]);
  const seen = new Set<string>();
  const ordered: V[] = [];
  const visit = (digest: string) => {
    const own = updates.get(digest);
    if (!own || seen.has(digest)) return;
    seen.add(digest);
    for (const input of own[0]!.inputs) visit(input);
    ordered.push(...own);
  };
  for (const { vertex } of candidates) visit(vertex.digest);
  return ordered;
}
