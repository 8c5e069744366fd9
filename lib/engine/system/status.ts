import 'server-only';
import fs from 'node:fs';
import { z } from 'zod';
import { AppError, asAppError, messageOf } from '@/lib/errors';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { callHeaders, callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { isOlderApi } from '@/lib/engine/wire/api-version';
import { isStalled } from '@/lib/engine/wire/errors';
import type { EngineFacts, EngineStatus, GateAllows } from '@/lib/engine/types';

/** For all the calls together. */
const statusTimeoutMs = 5_000;
/** Facts that are younger than this are not asked for again. */
const factsAgeMs = 5_000;
/** API of Docker 20.10, the oldest version that is tested. */
const oldestApi = '1.41';

const versionAnswer = z.looseObject({
  Version: z.string(),
  ApiVersion: z.string(),
  Os: z.string().default('linux'),
  Arch: z.string().default(''),
  KernelVersion: z.string().default(''),
  Components: z
    .array(z.looseObject({ Name: z.string().default(''), Version: z.string().default('') }))
    .nullish(),
});

const infoAnswer = z.looseObject({
  Driver: z.string().default(''),
  DriverStatus: z.array(z.array(z.string())).nullish().catch(null),
  DockerRootDir: z.string().default(''),
  LoggingDriver: z.string().default(''),
  SecurityOptions: z.array(z.string()).nullish().catch(null),
  NCPU: z.number().default(0),
  MemTotal: z.number().default(0),
  Warnings: z.array(z.string()).nullish(),
  ServerErrors: z.array(z.string()).nullish(),
});

const gateHeader = z.object({
  network: z.boolean(),
  profiles: z.boolean(),
  enter: z.boolean(),
  binds: z.array(z.string()),
});

/** What the gate says with its answer to `/_ping`; null without one. */
const gateAllows = (engine: Engine, header: string | string[] | undefined): GateAllows | null =>
  engine.gate === null || typeof header !== 'string' ? null : parseAnswer(gateHeader, JSON.parse(header));

/** `name=seccomp,profile=default` as `seccomp (default)`. */
function isolationWords(option: string): string[] {
  const [, name] = /(?:^|,)name=([^,]+)/.exec(option) ?? [];
  const [, profile] = /(?:^|,)profile=([^,]+)/.exec(option) ?? [];
  return name ? [profile ? `${name} (${profile})` : name] : [];
}

/** A value of the storage driver's status. */
const driverWord = ({ DriverStatus: lines }: z.output<typeof infoAnswer>, name: string): string =>
  (lines ?? []).find(([key]) => key === name)?.[1] ?? '';

const flagOf = (word: string): boolean | null => (word === 'true' ? true : word === 'false' ? false : null);

const isTooOld = ({ apiVersion }: EngineFacts): boolean => isOlderApi(apiVersion, oldestApi);

async function readFacts(engine: Engine): Promise<EngineFacts> {
  const signal = AbortSignal.timeout(statusTimeoutMs);
  const headers = await callHeaders(engine, { path: '/_ping', signal });
  const [version, info] = await Promise.all([
    callJson(engine, { path: '/version', signal }).then((answer) => parseAnswer(versionAnswer, answer)),
    callJson(engine, { path: '/info', signal }).then((answer) => parseAnswer(infoAnswer, answer)),
  ]);
  const podman =
    'libpod-api-version' in headers ||
    (version.Components ?? []).some((component) => component.Name.startsWith('Podman'));
  const product = podman ? 'podman' : 'docker';
  const snapshotter = (info.DriverStatus ?? []).some(([, value]) => value === 'io.containerd.snapshotter.v1');
  return {
    address: engine.address,
    product,
    version: version.Version,
    apiVersion: version.ApiVersion,
    os: version.Os,
    arch: version.Arch,
    kernel: version.KernelVersion,
    store: snapshotter ? 'containerd' : 'graphdriver',
    storageDriver: info.Driver,
    dataRoot: info.DockerRootDir,
    backingFileSystem: driverWord(info, 'Backing Filesystem'),
    dType: flagOf(driverWord(info, 'Supports d_type')),
    logDriver: info.LoggingDriver,
    isolation: (info.SecurityOptions ?? []).flatMap(isolationWords),
    rootless: (info.SecurityOptions ?? []).some((option) => option.includes('name=rootless')),
    gate: gateAllows(engine, headers['layerwright-gate']),
    runc: (version.Components ?? []).find(({ Name }) => Name === 'runc')?.Version ?? '',
    cpus: info.NCPU,
    memory: info.MemTotal,
    warnings: [...(info.ServerErrors ?? []), ...(info.Warnings ?? [])],
  };
}

function tooOld(facts: EngineFacts): AppError {
  return new AppError(
    'engine_rejected',
    `The engine is too old: version ${facts.version}, API ${facts.apiVersion}. API ${oldestApi} or newer is required.`,
    { hint: 'Install Docker Engine 20.10 or newer.' },
  );
}

/** `docker (gid 998)`, from /etc/group; `gid 998` if it is not listed. */
function groupName(gid: number): string {
  try {
    const line = fs
      .readFileSync('/etc/group', 'utf8')
      .split('\n')
      .find((entry) => entry.split(':')[2] === String(gid));
    return line ? `${line.split(':')[0]} (gid ${gid})` : `gid ${gid}`;
  } catch {
    return `gid ${gid}`; // Not every system has /etc/group.
  }
}

function deniedHint(address: string, otherwise: string): string {
  if (!address.startsWith('unix://')) return otherwise;
  try {
    const { gid } = fs.statSync(address.slice('unix://'.length));
    return `The socket belongs to group ${groupName(gid)}: add the user that runs Layerwright to it (\`sudo usermod -aG docker $USER\`), sign in again and restart Layerwright.`;
  } catch (error) {
    return `${otherwise} (The socket itself cannot be read: ${messageOf(error)}.)`;
  }
}

function describe(engine: Engine, thrown: unknown): EngineStatus {
  const error = asAppError(thrown);
  const address = engine.address;
  const hint = error.hint ?? 'Check the log of the engine.';
  if (error.code === 'engine_denied') {
    return { state: 'denied', address, message: error.message, hint: deniedHint(address, hint) };
  }
  return { state: isStalled(error) ? 'stalled' : 'away', address, message: error.message, hint };
}

interface Kept {
  facts: EngineFacts | null;
  readAt: number;
  reading: Promise<EngineFacts> | null;
}

const kept = engineCache('facts', (): Kept => ({ facts: null, readAt: -Infinity, reading: null }));

/** Reads the facts; concurrent callers share one reading. */
function freshFacts(engine: Engine): Promise<EngineFacts> {
  const cache = kept(engine);
  cache.reading ??= readFacts(engine)
    .then((facts) => {
      cache.facts = facts;
      cache.readAt = performance.now();
      return facts;
    })
    .catch((error: unknown) => {
      cache.facts = null;
      throw error;
    })
    .finally(() => {
      cache.reading = null;
    });
  return cache.reading;
}

/** Whether the engine answers a ping. */
export const answers = (engine: Engine): Promise<boolean> =>
  callHeaders(engine, { path: '/_ping', signal: AbortSignal.timeout(statusTimeoutMs) }).then(
    () => true,
    () => false, // engineStatus tells why
  );

/** The engine's current status. Never throws. */
export async function engineStatus(engine: Engine): Promise<EngineStatus> {
  try {
    const facts = await freshFacts(engine);
    if (!isTooOld(facts)) return { state: 'ready', engine: facts };
    const error = tooOld(facts);
    return { state: 'too_old', address: facts.address, message: error.message, hint: error.hint ?? '' };
  } catch (error) {
    return describe(engine, error);
  }
}

/** The engine's facts, a few seconds old at most. Throws AppError (engine_unreachable, engine_denied...). */
export async function engineFacts(engine: Engine): Promise<EngineFacts> {
  const { facts, readAt } = kept(engine);
  const known = facts && performance.now() - readAt < factsAgeMs ? facts : await freshFacts(engine);
  if (isTooOld(known)) throw tooOld(known);
  return known;
}
