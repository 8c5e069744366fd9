import type { BuilderName } from '@/lib/builders/choices';
import type { OptionSupport } from '@/lib/builders/option-support';
import type { DockerfileOutline } from '@/lib/dockerfiles/outline';

/** What can be chosen from, and what the engine does with it. */
export interface BuildChoices {
  outline: DockerfileOutline | null;
  /** Files that look like Dockerfiles. */
  dockerfiles: string[];
  registries: { id: string; name: string; host: string }[];
  /** Secrets that the project has a value for. */
  secretNames: string[];
  /** Null while the engine cannot be asked. */
  engine: {
    platform: string;
    /** The better one first: it is what “automatic” takes. */
    builders: BuilderName[];
    support: Record<string, Record<string, OptionSupport>>;
  } | null;
}

/** Why the builder that is chosen does nothing with an option; undefined where it honours it, or nobody knows. */
export function reasonAgainst(choices: BuildChoices, builder: string, option: string): string | undefined {
  const { engine } = choices;
  if (!engine) return undefined;
  const name = engine.builders.find((one) => one === builder) ?? engine.builders[0];
  const support = name ? engine.support[name]?.[option] : undefined;
  return support && !support.honoured ? support.reason : undefined;
}
