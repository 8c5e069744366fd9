import 'server-only';
import { AppError } from '@/lib/errors';
import type { RegistryId } from '@/lib/ids';
import { deleteRegistry, getStoredRegistry } from './store';

/** Deletes the registry and its login here; the content of the registry is unchanged. */
export async function removeRegistry(id: RegistryId): Promise<void> {
  const registry = await getStoredRegistry(id);
  if (registry.local) {
    throw new AppError('conflict', 'This registry is run by Layerwright and cannot be removed.', {
      hint: 'Disable it with LAYERWRIGHT_LOCAL_REGISTRY when the server starts.',
    });
  }
  await deleteRegistry(id);
}
