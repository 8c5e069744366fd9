import 'server-only';
import type { CommitSource } from '@/lib/engine/containers/types';
import type { Engine } from '@/lib/engine/engine';
import { findImage, imageRunConfig } from '@/lib/engine/images/images';
import { listRegistries } from '@/lib/registries/store';
import { changedConfig, takenFromContainer } from './config';
import { type CommitFacts, noChanges } from './schema';
import { lastAuthor } from './store';

const shown = (words: string[]) => (words.length > 0 ? JSON.stringify(words) : '');

export async function commitFacts(
  engine: Engine,
  source: CommitSource,
  userName: string,
): Promise<CommitFacts> {
  const [image, registries, author] = await Promise.all([
    findImage(engine, source.imageId),
    listRegistries(),
    lastAuthor(userName),
  ]);
  const config = image ? await imageRunConfig(engine, image.id) : source.config;
  return {
    container: { id: source.id, name: source.name, running: source.running },
    base: image && { id: image.id, name: source.imageName },
    inherited: {
      command: shown(config.Cmd),
      entrypoint: shown(config.Entrypoint),
      user: config.User,
      workingDirectory: config.WorkingDir,
    },
    taken: image ? takenFromContainer(source.config, changedConfig(config, noChanges)) : [],
    author,
    registries: registries.map(({ id, name, host }) => ({ id, name, host })),
  };
}
