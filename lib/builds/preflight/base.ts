import 'server-only';
import type { ImageSource } from '@/lib/dockerfiles/bases';
import { type BaseQuestion, isForPlatform } from '@/lib/builders/base-resolution';
import type { BuilderFeatures } from '@/lib/builders/features';
import type { Engine } from '@/lib/engine/engine';
import { findImage } from '@/lib/engine/images/images';
import { type NameParts, parseName } from '@/lib/engine/wire/names';
import { AppError } from '@/lib/errors';
import { defaultTag, formatReference } from '@/lib/references/reference';
import { askRegistry } from './ask-registry';
import { judgeBase, judgeLocal, type Judgement, type LocalImage } from './judge-base';
import type { PreflightItem } from './schema';

export interface BuildSetting extends Pick<BaseQuestion, 'product' | 'store' | 'pull'> {
  builder: Pick<BuilderFeatures, 'basesById' | 'resolveLocalBase'>;
  /** The engine's platform, `linux/amd64`. */
  enginePlatform: string;
}

const titles: Record<ImageSource['use'], string> = {
  base: 'Base image',
  copied: 'Copied image',
  frontend: 'Dockerfile frontend',
};

/** With its tag: the engine takes `FROM cafebabecafe` for an id, BuildKit does not. */
const fullName = ({ reference }: NameParts): string =>
  formatReference(reference.tag || reference.digest ? reference : { ...reference, tag: defaultTag });

async function judge(engine: Engine, source: ImageSource, setting: BuildSetting): Promise<Judgement> {
  const { reference, platform: asked, use } = source;
  const name = parseName(reference);
  const { host, digest } = name;
  const known = { host, pinned: digest !== undefined };
  const image = await findImage(engine, setting.builder.basesById ? reference : fullName(name));
  if (!image)
    return judgeBase(await askRegistry(engine, reference, host), {
      ...known,
      local: null,
      resolution: 'registry',
    });
  const ofImage = `${image.os}/${image.architecture}`;
  const platform = { asked, local: ofImage, engine: setting.enginePlatform };
  const local: LocalImage = {
    id: image.id,
    digests: image.digests,
    ...(!isForPlatform(platform) && { otherPlatform: ofImage }),
  };
  const resolution = setting.builder.resolveLocalBase({ ...setting, platform, frontend: use === 'frontend' });
  if (resolution === 'local') return judgeLocal(local);
  return judgeBase(await askRegistry(engine, reference, host), { ...known, local, resolution });
}

/** Which image the builder will use for a name in the Dockerfile, and whether it exists. */
export async function checkBase(
  engine: Engine,
  source: ImageSource,
  setting: BuildSetting,
): Promise<PreflightItem> {
  const { reference, platform, use } = source;
  const item = {
    key: `${use} ${reference} ${platform ?? ''}`,
    title: `${titles[use]} ${reference}${platform ? ` (${platform})` : ''}`,
  };
  try {
    return { ...item, ...(await judge(engine, source, setting)) };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { ...item, level: 'problem', detail: thrown.message, hint: thrown.hint ?? '' };
  }
}
