import 'server-only';
import { idAnswer, waitAnswer } from './answers';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import type { RunConfig } from '@/lib/engine/wire/fields';
import { containerPath, parseName } from '@/lib/engine/wire/names';
import type { ContainerId } from '@/lib/ids';

/** A large layer takes minutes: a call that exceeds this hangs. */
const commitTimeoutMs = 6 * 60 * 60 * 1000;

const asKeys = (names: string[]) => Object.fromEntries(names.map((name) => [name, {}]));

/**
 * The body of a commit. The engine takes absent fields from the container. An empty list is not absent, so the
 * container's command is not added to an entrypoint of the image.
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
  /** With its tag. If null, the image has only its id. */
  reference: string | null;
  message: string;
  author: string;
  /** Pauses the container's processes while its layer is read. */
  pause: boolean;
  config: RunConfig;
}

/** Creates an image from a container and returns its id. The time depends on the size of the layer. */
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

/** Waits until a container has exited, and returns its exit code. */
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
