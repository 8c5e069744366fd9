import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { getImage, listContainersOf, removeImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import { formatCount } from '@/lib/format/text';
import type { ImageId } from '@/lib/ids';

const isRunning = (state: string) => ['running', 'paused', 'restarting'].includes(state);

/**
 * Removes an image with all its names. `force` removes it although stopped containers were made from it; what a running
 * one uses is never removed. Returns what the engine says is gone.
 */
export async function dropImage(
  engine: Engine,
  id: ImageId,
  { force }: { force: boolean },
): Promise<{ untagged: string[]; deleted: string[] }> {
  const image = await getImage(engine, id);
  const users = await listContainersOf(engine, image.id);
  const running = users.filter(({ state }) => isRunning(state));
  if (running.length > 0) {
    const names = running.map(({ name }) => name).join(', ');
    throw new AppError(
      'conflict',
      `The image is in use by ${formatCount(running.length, 'running container')}: ${names}.`,
      {
        hint: 'Stop and remove them first.',
      },
    );
  }
  if (users.length > 0 && !force) {
    const names = users.map(({ name }) => name).join(', ');
    throw new AppError(
      'conflict',
      `${formatCount(users.length, 'stopped container was', 'stopped containers were')} made from this image: ${names}.`,
      {
        hint: 'Tick the box to remove it all the same: containers stay, but lose their image.',
      },
    );
  }
  // The engine wants force for an image with several names, too.
  return removeImage(engine, image.id, { force: force || image.tags.length > 1 });
}
