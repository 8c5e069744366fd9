import { parseReference, registryHost } from '@/lib/references/reference';
import { sourceOf, takenBy } from './copied';
import { frontendDialect } from './dialect';
import { expand } from './shell-words';
import { ownInstructions, type Plan, type Stage } from './stages';

/** An image that a build reads. */
export interface ImageSource {
  reference: string;
  /** By FROM; by the `from` of a COPY or of a mount; by a `# syntax=` line. */
  use: 'base' | 'copied' | 'frontend';
  /** `os/architecture[/variant]` that is asked for; null where none is. */
  platform: string | null;
}

/** The image that reads the Dockerfile for BuildKit; a build argument overrules it. The classic builder has none. */
function frontendOf({ file, given }: Plan): string | null {
  if (!(given.dialect ?? frontendDialect).frontends) return null;
  const written = given.buildArgs?.BUILDKIT_SYNTAX ?? file.directives.get('syntax');
  // The builder reads the first word and passes on the rest.
  return written?.trim().split(/\s+/)[0] || null;
}

function platformOf({ globals, given, file }: Plan, { instructions: [from] }: Stage): string | null {
  const flag = from!.flags.find(({ name }) => name === 'platform')?.value;
  return (flag && expand(flag, globals, file.escape)) || given.targetPlatform || null;
}

/**
 * The images that a Dockerfile is built from, each reference and platform once. Stages and `scratch` are none; what
 * cannot be told before the build, or what the builder would refuse, is left out.
 */
export function imageSources(plan: Plan): ImageSource[] {
  const sources: ImageSource[] = [];
  const frontend = frontendOf(plan);
  if (frontend) sources.push({ reference: frontend, use: 'frontend', platform: null });
  for (const stage of plan.stages) {
    const { text } = stage.base;
    if (!stage.parent && text && text !== 'scratch')
      sources.push({ reference: text, use: 'base', platform: platformOf(plan, stage) });
    for (const instruction of ownInstructions(stage))
      for (const from of takenBy(instruction, (word) => word).from) {
        const source = sourceOf(plan, stage, from);
        if (source && 'image' in source)
          sources.push({
            reference: source.image,
            use: 'copied',
            platform: plan.given.targetPlatform || null,
          });
      }
  }
  const once = new Map<string, ImageSource>();
  for (const source of sources) {
    const key = `${source.use === 'frontend'} ${source.reference} ${source.platform}`;
    if (!once.has(key)) once.set(key, source);
  }
  return [...once.values()];
}

/** The images that are in what is built, each once. */
export const referencesOf = (plan: Plan): string[] => [
  ...new Set(imageSources(plan).flatMap(({ reference, use }) => (use === 'frontend' ? [] : [reference]))),
];

/** The registries that these images come from, each once; what is no reference has none. */
export const hostsOf = (plan: Plan): string[] => [
  ...new Set(
    imageSources(plan).flatMap(({ reference }) => {
      const parsed = parseReference(reference);
      return parsed.ok ? [registryHost(parsed.reference)] : [];
    }),
  ),
];
