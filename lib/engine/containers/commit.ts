import 'server-only';
import { idAnswer, waitAnswer } from './answers';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import type { RunConfig } from '@/lib/engine/wire/fields';
import { containerPath, parseName } from '@/lib/engine/wire/names';
import type { ContainerId } from '@/lib/ids';

/** A large layer takes minutes; what takes longer than this hangs. */
const commitTimeoutMs = 6 * 60 * 60 * 1000;

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

interface CommitRequest {
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
    timeoutMs: commitTimeoutMs,
  });
  return parseAnswer(idAnswer, answer).Id;
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
    timeoutMs: commitTimeoutMs,
  });
  return parseAnswer(waitAnswer, answer).StatusCode;
}
