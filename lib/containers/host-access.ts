import 'server-only';
import type { Demand } from '@/lib/commands/authorize';
import { getContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { listNetworks } from '@/lib/engine/system/networks';
import { listVolumes } from '@/lib/engine/system/volumes';
import { AppError } from '@/lib/errors';
import { isHostPath } from './run-schema';

const ownNetworks = ['', 'default', 'bridge', 'none'];

/** Whether a container of this network reaches the host or another container. */
async function isHostNetwork(engine: Engine, network: string): Promise<boolean> {
  if (ownNetworks.includes(network)) return false;
  if (network === 'host' || network.includes(':')) return true;
  const networks = await listNetworks(engine);
  // The engine also takes an id, and its beginning; a name counts first.
  const named = networks.find(({ name }) => name === network);
  const meant = named ? [named] : networks.filter(({ id }) => id.startsWith(network));
  return meant.some(({ driver }) => driver === 'host');
}

export async function demandForNetwork(engine: Engine, network: string, field: string): Promise<Demand[]> {
  if (!(await isHostNetwork(engine, network))) return [];
  const message = 'Only an administrator may give a container the network of the host or of another one.';
  return [{ permission: 'host:use', message, fields: { [field]: message } }];
}

/** Volumes of these names that are a folder or a disk of the host. */
async function hostVolumes(engine: Engine, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const volumes = await listVolumes(engine);
  return volumes
    .filter(({ name, device }) => device !== null && names.includes(name))
    .map(({ name }) => name);
}

/** `sources`: of mounts, volumes and folders. */
export async function demandForMounts(engine: Engine, sources: readonly string[]): Promise<Demand[]> {
  const reaching = [...sources.filter(isHostPath), ...(await hostVolumes(engine, sources))];
  const index = sources.findIndex((source) => reaching.includes(source));
  if (index < 0) return [];
  const message = "Only an administrator may mount folders of the engine's host.";
  const fields = { [`mounts.${index}.source`]: 'Only an administrator may do this. Use a volume.' };
  return [{ permission: 'host:use', message, fields }];
}

/**
 * The permission that entering, copying from or committing a container needs: whoever is inside one that reaches the host is
 * root there, so it takes the right to have made it. None for a container that is gone.
 */
export async function demandForContainer(engine: Engine, idOrName: string): Promise<Demand[]> {
  try {
    const { name, mounts, ...container } = await getContainer(engine, idOrName);
    const volumes = await hostVolumes(
      engine,
      mounts.flatMap((mount) => (mount.kind === 'volume' ? [mount.name] : [])),
    );
    const hostAccess = [
      ...container.hostAccess,
      ...volumes.map((volume) => `mounts the volume ${volume}, which is of the host`),
    ];
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
