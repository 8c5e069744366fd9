import { parseReference } from '@/lib/references/reference';
import type { Found } from '@/lib/dockerfiles/finding';
import type { Plan } from '@/lib/dockerfiles/stages';

const why =
  '“latest” changes with every push: the same Dockerfile can build a different image tomorrow. Use a version, such as debian:12.';

/** Base images whose content changes under the same tag. */
export function checkBases({ stages }: Plan): Found[] {
  return stages.flatMap(({ base: { text: base, open }, parent, instructions }): Found[] => {
    const place = instructions[0]?.words[0];
    if (!base || open.length > 0 || !place || parent || base === 'scratch') return [];
    const parsed = parseReference(base);
    if (!parsed.ok || parsed.reference.digest) return [];
    const { tag } = parsed.reference;
    if (tag && tag !== 'latest') return [];
    const message = tag
      ? `“${base}” is not pinned: its tag is “latest”.`
      : `“${base}” has no tag, so “latest” is used.`;
    return [{ rule: 'latest-base', severity: 'note', message, why, from: place.from, to: place.to }];
  });
}
