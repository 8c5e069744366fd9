import type { BuilderName } from '@/lib/builders/choices';
import type { OptionSupport } from '@/lib/builders/option-support';
import type { GateAllows } from '@/lib/engine/types';
import type { DockerfileOutline } from '@/lib/dockerfiles/outline';

/** What the form offers, and what the engine supports. */
export interface BuildChoices {
  outline: DockerfileOutline | null;
  /** Files that look like Dockerfiles. */
  dockerfiles: string[];
  registries: { id: string; name: string; host: string }[];
  /** Names of the stored secrets. */
  secretNames: string[];
  /** Null while the engine cannot be reached. */
  engine: {
    platform: string;
    /** Preferred first: “automatic” takes the first. */
    builders: BuilderName[];
    support: Record<string, Record<string, OptionSupport>>;
    gate: GateAllows | null;
  } | null;
}

/** Why the selected builder ignores an option; undefined if it supports it, or if that is unknown. */
export function reasonAgainst(choices: BuildChoices, builder: string, option: string): string | undefined {
  const { engine } = choices;
  if (!engine) return undefined;
  const name = engine.builders.find((one) => one === builder) ?? engine.builders[0];
  const support = name ? engine.support[name]?.[option] : undefined;
  return support && !support.honoured ? support.reason : undefined;
}
