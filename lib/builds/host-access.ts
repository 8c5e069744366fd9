import 'server-only';
import type { Demand } from '@/lib/commands/authorize';
import { readDockerfile } from '@/lib/contexts/read-dockerfile';
import { writtenFrontends } from '@/lib/dockerfiles/frontend';
import { parseDockerfile } from '@/lib/dockerfiles/parse';
import { remoteHosts } from '@/lib/dockerfiles/remote-hosts';
import { readPlan } from '@/lib/dockerfiles/stages';
import { AppError } from '@/lib/errors';
import { projectDirectory } from '@/lib/projects/files';
import type { BuildOptions } from '@/lib/projects/options/schema';
import type { Project } from '@/lib/projects/schema';
import { familiarName, parseReference } from '@/lib/references/reference';
import { givenOf } from './given';
import { machineAddress } from './machine-address';
import { readBuildSettings } from './settings';

type Asked = Pick<
  BuildOptions,
  'builder' | 'networkMode' | 'extraHosts' | 'buildArgs' | 'platform' | 'target'
>;

/** Flags of RUN that take a protection away, each with what it is given. */
const openFlags: Record<string, Record<string, string>> = {
  network: { host: 'the host’s network' },
  security: { insecure: 'the rights of a privileged container' },
};

function frontendReason(image: string, allowed: readonly string[]): string[] {
  const parsed = parseReference(image);
  const name = parsed.ok ? familiarName(parsed.reference) : null;
  return name !== null && allowed.includes(name)
    ? []
    : [`its frontend ${image} is not allowed by the settings of builds`];
}

/**
 * By what a build reaches the engine's host, in words; empty for one that runs its code in the engine's isolation only.
 * `frontends`: familiar names of images that may be frontends; they run with the network of the host.
 */
export function buildHostAccess(options: Asked, text: string, frontends: readonly string[]): string[] {
  const { instructions } = parseDockerfile(text);
  const flagged = instructions.flatMap(({ keyword, line, flags }) =>
    keyword === 'RUN'
      ? flags.flatMap(({ name, value }) => {
          const given = openFlags[name]?.[value ?? ''];
          return given ? [`line ${line} asks for ${given}`] : [];
        })
      : [],
  );
  // The build argument for it is refused with the options.
  const written = options.builder === 'classic' ? [] : writtenFrontends(text);
  return [
    ...(options.networkMode === 'host' ? ['it uses the host’s network'] : []),
    ...(options.extraHosts.some((host) => host.endsWith(':host-gateway'))
      ? ['it names the host in its extra hosts']
      : []),
    ...flagged,
    ...written.flatMap((image) => frontendReason(image, frontends)),
  ];
}

type HostDemand = Exclude<Demand, string>;

const messageFor = (reasons: string[]) => `Only an administrator may build this: ${reasons.join('; ')}.`;

/** What an ADD fetches, the engine itself asks for, from its own host. */
async function fetchReasons(options: Asked, text: string): Promise<string[]> {
  const hosts = remoteHosts(readPlan(text, givenOf(options, null, null)));
  const addresses = await Promise.all(hosts.map(machineAddress));
  return hosts.flatMap((host, at) => {
    const address = addresses[at];
    if (!address) return [];
    return [`it fetches from ${host === address ? host : `${host} (${address})`}, an address of the host`];
  });
}

const reasonsNow = async (options: Asked, text: string): Promise<string[]> => [
  ...buildHostAccess(options, text, (await readBuildSettings()).frontends),
  ...(await fetchReasons(options, text)),
];

/** The permission that a build needs, as its Dockerfile is now. */
export async function demandForBuild(project: Project, options: BuildOptions): Promise<HostDemand[]> {
  // A Dockerfile that is not there is the build's own error.
  const text = await readDockerfile(projectDirectory(project), options.dockerfile).catch((error: unknown) => {
    if (error instanceof AppError) return '';
    throw error;
  });
  const reasons = await reasonsNow(options, text);
  return reasons.length === 0 ? [] : [{ permission: 'host:use', message: messageFor(reasons) }];
}

/** The same when the build begins: the Dockerfile may have changed since. */
export async function requireHostAccess(
  options: BuildOptions,
  text: string,
  { hostAllowed }: { hostAllowed: boolean },
): Promise<void> {
  if (hostAllowed) return;
  const reasons = await reasonsNow(options, text);
  if (reasons.length > 0)
    throw new AppError('forbidden', messageFor(reasons), {
      hint: 'An administrator can start it, or allow the frontend in the settings.',
    });
}
