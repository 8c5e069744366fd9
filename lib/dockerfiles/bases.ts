import { parseReference, registryHost } from '@/lib/references/reference';
import { sourceOf, takenBy } from './copied';
import { frontendDialect } from './dialect';
import { writtenFrontends } from './frontend';
import { expand } from './shell-words';
import { ownInstructions, type Plan, type Stage } from './stages';

/** An image that a build reads. */
export interface ImageSource {
  reference: string;
  /** From FROM; from the `from` of a COPY or a mount; from a `# syntax=` line. */
  use: 'base' | 'copied' | 'frontend';
  /** Requested `os/architecture[/variant]`; null if none. */
  platform: string | null;
}

/** The frontend image of BuildKit; a build argument takes precedence. The classic builder has none. */
function frontendOf({ file, given }: Plan): string | null {
  if (!(given.dialect ?? frontendDialect).frontends) return null;
  return given.buildArgs?.BUILDKIT_SYNTAX?.trim().split(/\s+/)[0] || (writtenFrontends(file.text)[0] ?? null);
}

function platformOf({ globals, given, file }: Plan, { instructions: [from] }: Stage): string | null {
  const flag = from!.flags.find(({ name }) => name === 'platform')?.value;
  return (flag && expand(flag, globals, file.escape)) || given.targetPlatform || null;
}

/**
 * The images that a Dockerfile needs, each reference and platform once. Without stages and `scratch`, and without
 * those that are unknown before the build or that the builder would refuse.
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

/** The images whose layers are part of the result, each once. */
export const referencesOf = (plan: Plan): string[] => [
  ...new Set(imageSources(plan).flatMap(({ reference, use }) => (use === 'frontend' ? [] : [reference]))),
];

/** The registries of these images, each once; invalid references are skipped. */
export const hostsOf = (plan: Plan): string[] => [
  ...new Set(
    imageSources(plan).flatMap(({ reference }) => {
      const parsed = parseReference(reference);
      return parsed.ok ? [registryHost(parsed.reference)] : [];
    }),
  ),
];
