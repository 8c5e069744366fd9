/** As in Linux: more symbolic links in a path are a loop. */
const maxHops = 40;

/**
 * Why a symbolic link is not allowed, or null. Resolved like the system would, through other links, because a path
 * that is inside textually may leave through one of them.
 */
function checkLink(path: string, links: ReadonlyMap<string, string>): string | null {
  const at = path.split('/');
  at.pop();
  const todo: string[] = [];
  const follow = (target: string): string | null => {
    if (target === '' || target.includes('\0')) return 'is a link without a valid target';
    if (target.startsWith('/')) return `is a link to an absolute path (${target})`;
    todo.push(...target.split('/').toReversed());
    return null;
  };
  let problem = follow(links.get(path) ?? '');
  let hops = 0;
  while (!problem && todo.length) {
    const part = todo.pop()!;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (at.length === 0) return `is a link that points outside the archive (${links.get(path)})`;
      at.pop();
      continue;
    }
    at.push(part);
    const target = links.get(at.join('/'));
    if (target === undefined) continue;
    if (++hops > maxHops) return 'is part of a link loop';
    at.pop();
    problem = follow(target);
  }
  return problem;
}

/** The first link that is not allowed, with the reason. */
export function findBadLink(links: ReadonlyMap<string, string>): { path: string; why: string } | null {
  for (const path of links.keys()) {
    const why = checkLink(path, links);
    if (why) return { path, why };
  }
  return null;
}
