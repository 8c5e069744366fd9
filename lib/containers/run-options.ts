import 'server-only';
import { listContainers } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { getImage } from '@/lib/engine/images/images';
import { listNetworks } from '@/lib/engine/system/networks';
import { listVolumes } from '@/lib/engine/system/volumes';
import { shortDigest } from '@/lib/format/text';
import { requireEngine } from '@/lib/operations/require-engine';
import { parseReference } from '@/lib/references/reference';
import { isolationDefaults } from './isolation';
import type { RunOptions } from './run-schema';
import { formatWords } from '@/lib/shell/command-line';

/** `mysite` of `registry-host:5000/team/mysite:2`; `mysite-2` where that name is taken. */
function suggestName(tag: string | undefined, taken: readonly string[]): string {
  const parsed = tag ? parseReference(tag) : undefined;
  if (!parsed?.ok) return '';
  const base = parsed.reference.path.split('/').at(-1)!;
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number++) if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`;
}

function exposedPorts(ports: readonly string[]): RunOptions['exposed'] {
  const known = ports.flatMap((port): RunOptions['exposed'] => {
    const [inside, protocol = 'tcp'] = port.split('/');
    if (protocol !== 'tcp' && protocol !== 'udp') return [];
    return /^\d+$/.test(inside!) ? [{ inside: Number(inside), protocol }] : [];
  });
  return known.toSorted((a, b) => a.inside - b.inside);
}

/** What the form for running an image offers. */
export async function getRunOptions(engine: Engine, imageIdOrName: string): Promise<RunOptions> {
  await requireEngine(engine);
  const [image, containers, networks, volumes, defaults] = await Promise.all([
    getImage(engine, imageIdOrName),
    listContainers(engine),
    listNetworks(engine),
    listVolumes(engine),
    isolationDefaults(engine),
  ]);
  const takenNames = containers.map(({ name }) => name);
  const { config } = image;
  return {
    imageId: image.id,
    imageName: image.tags[0] ?? shortDigest(image.id),
    suggestedName: suggestName(image.tags[0], takenNames),
    takenNames,
    exposed: exposedPorts(config.exposedPorts),
    entrypoint: formatWords(config.entrypoint ?? []),
    command: formatWords(config.command ?? []),
    environment: config.environment,
    volumes: config.volumes,
    networks: networks.map(({ name }) => name),
    volumeNames: volumes.filter(({ anonymous }) => !anonymous).map(({ name }) => name),
    defaults,
  };
}
