import 'server-only';
import { z } from 'zod';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { containerPath, imagePath, parseName } from '@/lib/engine/wire/names';
import type { ContainerId, ImageId } from '@/lib/ids';

/** ms. A large layer takes minutes; what takes longer than this hangs. */
const longest = 6 * 60 * 60 * 1000;

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const keys = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((map) => Object.keys(map ?? {}));

/** What an image runs and how, as the engine keeps it. */
const runConfig = z.looseObject({
  User: text,
  WorkingDir: text,
  Env: texts,
  Cmd: texts,
  Entrypoint: texts,
  ExposedPorts: keys,
  Volumes: keys,
  Labels: z
    .record(z.string(), z.string())
    .nullish()
    .transform((map) => map ?? {}),
  OnBuild: texts,
  StopSignal: text,
  Shell: texts,
  Healthcheck: z.looseObject({}).nullish(),
});
export type RunConfig = z.output<typeof runConfig>;

export const emptyRunConfig: RunConfig = runConfig.parse({});

const withConfig = z.looseObject({ Id: z.string(), Config: runConfig.nullish() });

export async function imageRunConfig(engine: Engine, image: string): Promise<RunConfig> {
  const answer = await callJson(engine, { path: `/images/${imagePath(image)}/json` });
  return parseAnswer(withConfig, answer).Config ?? emptyRunConfig;
}

const sourceAnswer = withConfig.extend({
  Name: text,
  Image: text,
  State: z.looseObject({ Running: z.boolean().catch(false), Paused: z.boolean().catch(false) }),
  Mounts: z.array(z.looseObject({ Type: text, Destination: text })).nullish(),
});

/** What a commit has to know of its container. */
export interface CommitSource {
  id: ContainerId;
  name: string;
  /** Id of the image that it was made from, and the name that it was made by. */
  imageId: ImageId;
  imageName: string;
  running: boolean;
  paused: boolean;
  mounts: { kind: string; target: string }[];
  config: RunConfig;
}

export async function getCommitSource(engine: Engine, container: string): Promise<CommitSource> {
  const path = `/containers/${containerPath(container)}/json`;
  const found = parseAnswer(sourceAnswer, await callJson(engine, { path }));
  const named = z.looseObject({ Image: text }).parse(found.Config ?? {});
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, '') || found.Id.slice(0, 12),
    imageId: found.Image,
    imageName: named.Image || found.Image,
    running: found.State.Running,
    paused: found.State.Paused,
    mounts: (found.Mounts ?? []).map(({ Type, Destination }) => ({ kind: Type, target: Destination })),
    config: found.Config ?? emptyRunConfig,
  };
}

const asKeys = (names: string[]) => Object.fromEntries(names.map((name) => [name, {}]));

/**
 * As a body. The engine fills what is absent from the container: an empty list is not absent, so that the command of a
 * container never becomes that of an image whose entry point is its own.
 */
const toBody = (config: RunConfig) => ({
  User: config.User,
  WorkingDir: config.WorkingDir,
  Env: config.Env,
  Cmd: config.Cmd,
  Entrypoint: config.Entrypoint,
  ExposedPorts: asKeys(config.ExposedPorts),
  Volumes: asKeys(config.Volumes),
  Labels: config.Labels,
  OnBuild: config.OnBuild,
  ...(config.StopSignal && { StopSignal: config.StopSignal }),
  ...(config.Shell.length > 0 && { Shell: config.Shell }),
  ...(config.Healthcheck && { Healthcheck: config.Healthcheck }),
});

export interface CommitRequest {
  container: string;
  /** With its tag; without one the image has only its id. */
  reference: string | null;
  message: string;
  author: string;
  /** Holds the container's processes while its layer is read. */
  pause: boolean;
  config: RunConfig;
}

/** Makes an image of a container, and answers its id. It takes as long as its layer is large. */
export async function commitContainer(
  engine: Engine,
  request: CommitRequest,
  signal: AbortSignal,
): Promise<string> {
  const name = request.reference === null ? null : parseName(request.reference);
  const answer = await callJson(engine, {
    method: 'POST',
    path: '/commit',
    query: {
      container: decodeURIComponent(containerPath(request.container)),
      ...(name && { repo: name.repository, tag: name.tag ?? 'latest' }),
      comment: request.message || undefined,
      author: request.author || undefined,
      pause: request.pause,
    },
    body: toBody(request.config),
    signal,
    timeout: longest,
  });
  return parseAnswer(z.looseObject({ Id: z.string() }), answer).Id;
}

/** A container that is only there to be filled and committed: `command` is all that it could run. */
export async function createScratchContainer(
  engine: Engine,
  image: string,
  name: string,
  command: string[],
  user: string,
): Promise<string> {
  const answer = await callJson(engine, {
    method: 'POST',
    path: '/containers/create',
    query: { name: decodeURIComponent(containerPath(name)) },
    body: {
      Image: image,
      Entrypoint: command,
      Cmd: [],
      ...(user && { User: user }),
      NetworkDisabled: true,
      HostConfig: { NetworkMode: 'none' },
    },
    timeout: 60_000,
  });
  return parseAnswer(z.looseObject({ Id: z.string() }), answer).Id;
}

/** Waits until a container has ended, and answers its exit code. */
export async function waitForContainer(
  engine: Engine,
  id: ContainerId,
  signal: AbortSignal,
): Promise<number> {
  const answer = await callJson(engine, {
    method: 'POST',
    path: `/containers/${containerPath(id)}/wait`,
    signal,
    timeout: longest,
  });
  return parseAnswer(z.looseObject({ StatusCode: z.number() }), answer).StatusCode;
}
