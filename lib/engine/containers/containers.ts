import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import {
  type InspectAnswer,
  inspectAnswer,
  listAnswer,
  sizeAnswer,
  toCommitSource,
  toDetails,
  toSummary,
} from './answers';
import type { ContainerId } from '@/lib/ids';
import { containerError } from './errors';
import type { CommitSource, ContainerDetails, ContainerSummary } from './types';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { orNull } from '@/lib/engine/wire/errors';
import { containerPath } from '@/lib/engine/wire/names';

/** The engine prepares file systems and networks before it answers. */
const startTimeoutMs = 60_000;

/** Files are removed before the engine answers. */
const removeTimeoutMs = 300_000;

/** Between the stop signal and SIGKILL: the default of the docker command. */
const stopGraceSeconds = 10;

/** Every container of the engine, running or not. */
export async function listContainers(engine: Engine): Promise<ContainerSummary[]> {
  const answer = await callJson(engine, { path: '/containers/json', query: { all: true } });
  return parseAnswer(listAnswer, answer).map(toSummary);
}

async function inspect(engine: Engine, idOrName: string): Promise<InspectAnswer> {
  const answer = await callJson(engine, { path: `/containers/${containerPath(idOrName)}/json` });
  return parseAnswer(inspectAnswer, answer);
}

/** null if it does not exist. */
export async function findContainer(engine: Engine, idOrName: string): Promise<ContainerDetails | null> {
  const found = await orNull(inspect(engine, idOrName));
  return found && toDetails(found);
}

export async function getContainer(engine: Engine, idOrName: string): Promise<ContainerDetails> {
  const container = await findContainer(engine, idOrName);
  if (container) return container;
  throw new AppError('not_found', 'The engine has no such container.', {
    hint: 'It may have been removed, or auto-removed on exit.',
  });
}

export const getCommitSource = async (engine: Engine, idOrName: string): Promise<CommitSource> =>
  toCommitSource(await inspect(engine, idOrName));

/** Bytes in its own layer. The engine counts file by file, so do not call it for each row of a list. */
export async function containerSize(engine: Engine, id: ContainerId): Promise<number> {
  const answer = await callJson(engine, {
    path: `/containers/${containerPath(id)}/json`,
    query: { size: true },
    timeoutMs: startTimeoutMs,
  });
  return parseAnswer(sizeAnswer, answer).SizeRw;
}

const change = (
  engine: Engine,
  id: ContainerId,
  verb: string,
  query = {},
  timeoutMs = startTimeoutMs,
): Promise<unknown> =>
  callJson(engine, { method: 'POST', path: `/containers/${containerPath(id)}/${verb}`, query, timeoutMs });

export async function startContainer(engine: Engine, id: ContainerId): Promise<void> {
  try {
    await change(engine, id, 'start');
  } catch (error) {
    throw containerError(error);
  }
}

/** Sends the stop signal, and kills it after the grace time. */
export async function stopContainer(
  engine: Engine,
  id: ContainerId,
  graceSeconds = stopGraceSeconds,
): Promise<void> {
  await change(engine, id, 'stop', { t: graceSeconds }, graceSeconds * 1000 + startTimeoutMs);
}

export async function restartContainer(
  engine: Engine,
  id: ContainerId,
  graceSeconds = stopGraceSeconds,
): Promise<void> {
  await change(engine, id, 'restart', { t: graceSeconds }, graceSeconds * 1000 + 2 * startTimeoutMs);
}

export async function killContainer(engine: Engine, id: ContainerId, signal = 'SIGKILL'): Promise<void> {
  await change(engine, id, 'kill', { signal });
}

export async function pauseContainer(engine: Engine, id: ContainerId): Promise<void> {
  await change(engine, id, 'pause');
}

export async function unpauseContainer(engine: Engine, id: ContainerId): Promise<void> {
  await change(engine, id, 'unpause');
}

/** Without `force` the engine refuses to remove a running container. `volumes`: also its anonymous volumes. */
export async function removeContainer(
  engine: Engine,
  id: ContainerId,
  { force = true, volumes = true }: { force?: boolean; volumes?: boolean } = {},
): Promise<void> {
  await callJson(engine, {
    method: 'DELETE',
    path: `/containers/${containerPath(id)}`,
    query: { force, v: volumes },
    timeoutMs: removeTimeoutMs,
  });
}
