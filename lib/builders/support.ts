import type { BuilderName, EngineFacts } from '@/lib/engine/types';

/** Options of a build that not every builder honours. */
export const variableOptions = [
  'shmSize',
  'ulimits',
  'memory',
  'cpus',
  'secrets',
  'cacheFrom',
  'networkMode',
  'extraHosts',
] as const;
export type VariableOption = (typeof variableOptions)[number];

export type OptionSupport = { honoured: true } | { honoured: false; reason: string };
export type BuilderSupport = Record<VariableOption, OptionSupport>;

const yes: OptionSupport = { honoured: true };
const no = (reason: string): OptionSupport => ({ honoured: false, reason });

/** Docker 23, the first whose BuildKit takes them; 20.10 ignores them without a word (measured). */
const firstWithLimits = [1, 42] as const;

function isBefore(apiVersion: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = apiVersion.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

/** What this engine does with the options of a build, and why not where it does nothing. */
export function builderSupport(
  builder: BuilderName,
  facts: Pick<EngineFacts, 'product' | 'version' | 'apiVersion'>,
): BuilderSupport {
  const all = Object.fromEntries(variableOptions.map((option) => [option, yes])) as BuilderSupport;
  if (builder === 'classic') {
    const name = facts.product === 'podman' ? 'Podman' : 'The classic builder';
    return { ...all, secrets: no(`${name} takes no secrets by this way; BuildKit does.`) };
  }
  const limits = no('BuildKit has no such limit; the classic builder has.');
  const support: BuilderSupport = { ...all, memory: limits, cpus: limits };
  if (!isBefore(facts.apiVersion, firstWithLimits)) return support;
  const ignored = no(
    `BuildKit in this engine (${facts.version}) ignores it. Docker 23 or newer, or the classic builder, honours it.`,
  );
  return { ...support, shmSize: ignored, ulimits: ignored };
}
