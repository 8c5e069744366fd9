import { takenBy } from './copied';
import { findStage, parseRecipe, type Recipe, type Stage } from './parse';
import { type BuildArgs, expand, expander, globalValues } from './variables';

/** An image that a build reads. */
export interface ImageSource {
  reference: string;
  /** By FROM; by the `from` of a COPY or of a mount; by a `# syntax=` line. */
  use: 'base' | 'copied' | 'frontend';
  /** `os/architecture[/variant]` that is asked for; null where none is. */
  platform: string | null;
}

export interface SourceSettings {
  buildArgs: BuildArgs;
  /** That the build asks for. */
  platform?: string;
  /** The engine's own, `linux/amd64`. */
  enginePlatform: string;
}

function platformValues(prefix: 'BUILD' | 'TARGET', platform: string): [string, string][] {
  const [os = '', architecture = '', variant = ''] = platform.split('/');
  return [
    [`${prefix}PLATFORM`, platform],
    [`${prefix}OS`, os],
    [`${prefix}ARCH`, architecture],
    [`${prefix}VARIANT`, variant],
  ];
}

/** A number names a stage only for `--from`; for FROM it is an image. */
const isEarlierStage = (recipe: Recipe, base: string, before: number): boolean =>
  !/^\d+$/.test(base) && findStage(recipe, base, before) !== undefined;

const platformFlag = ({ instructions: [from] }: Stage): string | undefined =>
  /^--platform=(\S+)/.exec(from!.body)?.[1];

/** The images that a Dockerfile reads, each reference and platform once; its own stages and `scratch` left out. */
export function imageSources(
  dockerfile: string,
  { buildArgs, platform, enginePlatform }: SourceSettings,
): ImageSource[] {
  const recipe = parseRecipe(dockerfile);
  const asked = platform || null;
  const builtIn = [
    ...platformValues('BUILD', enginePlatform),
    ...platformValues('TARGET', asked ?? enginePlatform),
  ];
  const values = globalValues(recipe, buildArgs, new Map(builtIn));
  const sources: ImageSource[] = [];
  if (recipe.frontend) sources.push({ reference: recipe.frontend, use: 'frontend', platform: null });
  for (const stage of recipe.stages) {
    const base = expand(stage.base, values);
    const flag = platformFlag(stage);
    if (!isEarlierStage(recipe, base, stage.index))
      sources.push({
        reference: base,
        use: 'base',
        platform: (flag && expand(flag, values)) || asked,
      });
    for (const instruction of stage.instructions)
      for (const name of takenBy(instruction, expander(recipe, stage, instruction, buildArgs)).from)
        if (!findStage(recipe, name, stage.index))
          sources.push({ reference: name, use: 'copied', platform: asked });
  }
  const once = new Map<string, ImageSource>();
  for (const source of sources) {
    const key = `${source.use === 'frontend'} ${source.reference} ${source.platform}`;
    if (source.reference && source.reference !== 'scratch' && !once.has(key)) once.set(key, source);
  }
  return [...once.values()];
}
