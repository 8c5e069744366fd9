import 'server-only';
import type { Demand } from '@/lib/commands/authorize';
import { getContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';

/** Network modes with which a container reaches the host or another container. */
export const isHostNetwork = (network: string): boolean =>
  network === 'host' || network.startsWith('container:');

export function networkDemand(field: string): Demand {
  const message = 'Only an administrator may give a container the network of the host or of another one.';
  return { permission: 'host:use', message, fields: { [field]: message } };
}

/**
 * The permission that entering, copying from or committing a container needs: whoever is inside one that reaches the host is
 * root there, so it takes the right to have made it. None for a container that is gone.
 */
export async function demandForContainer(engine: Engine, idOrName: string): Promise<Demand[]> {
  try {
    const { name, hostAccess } = await getContainer(engine, idOrName);
    if (hostAccess.length === 0) return [];
    return [
      {
        permission: 'host:use',
        message: `Only an administrator may do this: ${name} ${hostAccess.join(', and ')}.`,
      },
    ];
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return [];
    throw error;
  }
}
