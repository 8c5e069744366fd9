import type { EngineFacts } from '@/lib/engine/types';
import type { Advice } from './schema';

interface Floor {
  component: 'docker' | 'runc' | 'node';
  /** The first version without it. */
  fixedIn: string;
  id: string;
  what: string;
}

/** Known holes and ends of life, newest first, as of 2026-11-23. docs/version-floors.md has the sources; a test compares the two. */
export const floors: readonly Floor[] = [
  {
    component: 'docker',
    fixedIn: '29.5.1',
    id: 'CVE-2026-41567',
    what: 'copying files into a container could run its programs on the host',
  },
  {
    component: 'docker',
    fixedIn: '29.3.1',
    id: 'CVE-2026-34040',
    what: 'large requests bypassed authorization plugins',
  },
  {
    component: 'docker',
    fixedIn: '27.1.1',
    id: 'CVE-2024-41110',
    what: 'empty requests bypassed authorization plugins',
  },
  {
    component: 'runc',
    fixedIn: '1.1.12',
    id: 'CVE-2024-21626',
    what: 'a container could reach the host through an open directory (Leaky Vessels)',
  },
  { component: 'node', fixedIn: '22.0.0', id: 'end of life', what: 'Node 20 gets no fixes since April 2026' },
];

const names = { docker: 'Docker Engine', runc: 'runc', node: 'Node' };

const actions = {
  docker:
    'Upgrade the engine. A distribution may have the fixes under an older number: look the ids up in its security tracker.',
  runc: 'Upgrade runc, which comes with the engine’s packages. A distribution may have the fix under an older number.',
  node: 'Run Layerwright with Node 22 or newer.',
};

/** Up to three numbers: `20.10.24+dfsg1` is 20, 10, 24. */
const numbersOf = (version: string): number[] =>
  (/^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version) ?? []).slice(1).map((part) => Number(part ?? 0));

export function isBelow(version: string, floor: string): boolean {
  const [own, least] = [numbersOf(version), numbersOf(floor)];
  if (own.length === 0) return false; // nothing is said of a version that is not known
  const at = least.findIndex((number, index) => number !== (own[index] ?? 0));
  return at >= 0 && (own[at] ?? 0) < least[at]!;
}

/** What is known against the versions that run; one advice for each component. */
export function floorAdvice(
  { product, version, runc }: Pick<EngineFacts, 'product' | 'version' | 'runc'>,
  node: string,
): Advice[] {
  const running = { docker: product === 'docker' ? version : '', runc, node };
  return (['docker', 'runc', 'node'] as const).flatMap((component): Advice[] => {
    const open = floors.filter(
      (floor) => floor.component === component && isBelow(running[component], floor.fixedIn),
    );
    const [newest] = open;
    if (!newest) return [];
    return [
      {
        key: `version-${component}`,
        level: 'warning',
        title: `${names[component]} ${running[component]} is older than ${newest.fixedIn}`,
        why: open
          .map(({ id, what, fixedIn }) =>
            component === 'node' ? `${what}.` : `${id}, fixed in ${fixedIn}: ${what}.`,
          )
          .join(' '),
        action: actions[component],
      },
    ];
  });
}
