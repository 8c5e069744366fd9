import type { LineMatcher } from '@/lib/dockerfiles/lines';
import type { Vertex } from './trace';
import { parseStepName } from '@/lib/dockerfiles/step-names';

/** Preparations first, then the steps by their line, those without one by their number; the export last. */
function rank(name: string, lineOf: LineMatcher): readonly [group: number, line: number, index: number] {
  const { stage, index } = parseStepName(name);
  if (stage !== null) return [1, lineOf(name) ?? Number.MAX_SAFE_INTEGER, index];
  const prepares = /^(?:\[|resolve|importing|docker-image:|https?:|http url|copy \/context|FROM )/.test(name);
  return prepares ? [0, 0, 0] : [2, 0, 0];
}

/**
 * The order in which a person reads the steps: what a step waited for stands before it, and of those that could be
 * next the earlier in the Dockerfile. Engines since 26 give the last one first. One record may bring a step several
 * times, as it was and as it became: these keep their order, side by side.
 */
export function inReadingOrder<V extends Pick<Vertex, 'digest' | 'inputs' | 'name'>>(
  vertexes: readonly V[],
  lineOf: LineMatcher,
): V[] {
  const updates = new Map<string, V[]>();
  for (const vertex of vertexes) {
    const own = updates.get(vertex.digest);
    if (own) own.push(vertex);
    else updates.set(vertex.digest, [vertex]);
  }
  const candidates = [...updates.values()]
    .map(([first]) => ({ vertex: first!, rank: rank(first!.name, lineOf) }))
    .toSorted((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2]);
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
