import 'server-only';
import { AppError } from '@/lib/errors';
import { deleteRegistry, getStoredRegistry } from './store';

/** Forgets the registry and its login; what is stored in the registry itself is not touched. */
export async function removeRegistry(id: string): Promise<void> {
  const registry = await getStoredRegistry(id);
  if (registry.local) {
    throw new AppError('conflict', 'Layerwright runs this registry itself, so it stays in the list.', {
      hint: 'Switch it off where the server is started (LAYERWRIGHT_LOCAL_REGISTRY).',
    });
  }
  await deleteRegistry(id);
}
