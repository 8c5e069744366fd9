import { AppError } from '@/lib/errors';
import type { Query } from '@/lib/engine/wire/dial';
import { parseName } from '@/lib/engine/wire/names';
import type { BuildRequest } from './builder';
import type { EngineFacts } from '@/lib/engine/types';

/**
 * The options of a build as the engine reads them. This is a list of what is allowed: nothing of a request reaches the
 * engine but by a line here, and each value has one shape.
 */
function check(value: string, pattern: RegExp, what: string): string {
  if (pattern.test(value)) return value;
  throw new AppError('invalid_input', `${JSON.stringify(value.slice(0, 80))} is not a valid ${what}.`);
}

const buildIdPattern = /^[A-Za-z0-9_-]{1,128}$/;
const stagePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;
const platformPattern = /^[a-z0-9]+(?:\/[a-z0-9_]+){0,2}$/;
const extraHostPattern = /^[A-Za-z0-9_.-]{1,253}[:=](?:[0-9A-Fa-f.:]{2,45}|\[[0-9A-Fa-f:]+\]|host-gateway)$/;
const argumentPattern = /^[A-Za-z_][A-Za-z0-9_.-]{0,254}$/;
const ulimitPattern = /^[a-z]{2,16}$/;
const cpusetPattern = /^[\d,-]{1,200}$/;
const networkModes = /^(?:default|none|host)$/;

/** µs; the period that --cpus stands on in the docker command as well. */
const cpuPeriod = 100_000;

/** -1 stands for no limit where there can be none. */
function amount(value: number, what: string, least = 0): number {
  if (Number.isFinite(value) && value >= least) return value;
  throw new AppError('invalid_input', `${value} is not a valid ${what}.`);
}

/** Docker takes objects, Podman the words of the command line. */
function ulimitsOf({ ulimits }: BuildRequest, product: EngineFacts['product']): string | undefined {
  if (ulimits.length === 0) return undefined;
  const checked = ulimits.map(({ name, soft, hard }) => ({
    Name: check(name, ulimitPattern, 'name of a ulimit'),
    Soft: amount(soft, 'ulimit', -1),
    Hard: amount(hard, 'ulimit', -1),
  }));
  if (product === 'docker') return JSON.stringify(checked);
  return JSON.stringify(checked.map(({ Name, Soft, Hard }) => `${Name}=${Soft}:${Hard}`));
}

function limits(request: BuildRequest, product: EngineFacts['product']): Query {
  const { shmSize, memory, cpus, cpuset } = request;
  return {
    shmsize: shmSize === undefined ? undefined : amount(shmSize, 'size of shared memory'),
    memory: memory === undefined ? undefined : amount(memory, 'memory limit'),
    cpuperiod: cpus === undefined ? undefined : cpuPeriod,
    cpuquota: cpus === undefined ? undefined : Math.round(amount(cpus, 'number of CPUs') * cpuPeriod),
    cpusetcpus: cpuset && check(cpuset, cpusetPattern, 'set of CPUs'),
    ulimits: ulimitsOf(request, product),
  };
}

function hosts(request: BuildRequest, product: EngineFacts['product']): Query {
  // The classic form; `name=ip` is only the newer way to write it.
  const list = request.extraHosts.map((host) =>
    check(host, extraHostPattern, 'extra host').replace(/^([^:=]+)=/, '$1:'),
  );
  if (list.length === 0) return {};
  // Docker reads a repeated key, Podman one array.
  return { extrahosts: product === 'podman' ? JSON.stringify(list) : list };
}

const orUndefined = (value: Record<string, string>) =>
  Object.keys(value).length > 0 ? JSON.stringify(value) : undefined;

/** What both builders read alike. Tags are not in it: an image gets its names when it is proved (name-image.ts). */
export function commonQuery(request: BuildRequest, product: EngineFacts['product']): Query {
  const { buildArgs, labels, target, platform, networkMode, cacheFrom } = request;
  for (const reference of cacheFrom) parseName(reference);
  for (const name of Object.keys(buildArgs)) check(name, argumentPattern, 'name of a build argument');
  return {
    dockerfile: request.context.dockerfile,
    buildargs: orUndefined(buildArgs),
    labels: orUndefined(labels),
    target: target && check(target, stagePattern, 'stage'),
    platform: platform && check(platform, platformPattern, 'platform'),
    nocache: request.noCache || undefined,
    pull: request.pull ? '1' : undefined,
    networkmode: networkMode && check(networkMode, networkModes, 'network mode'),
    cachefrom: cacheFrom.length > 0 ? JSON.stringify(cacheFrom) : undefined,
    ...hosts(request, product),
    ...limits(request, product),
  };
}

export const checkBuildId = (id: string): string => check(id, buildIdPattern, 'build id');
