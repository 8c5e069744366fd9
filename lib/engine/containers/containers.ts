import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { inspectAnswer, listAnswer, toDetails, toSummary } from './answers';
import { containerError } from './errors';
import type { ContainerDetails, ContainerSummary } from './types';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { containerPath } from '@/lib/engine/wire/names';

/** ms. The engine prepares file systems and networks before it answers. */
const startTimeout = 60_000;

/** s. How long a container may take to end by itself before it is killed; the docker command's own default. */
export const stopGrace = 10;

/** All of them, running or not, whoever made them. */
export async function listContainers(): Promise<ContainerSummary[]> {
  const answer = await callJson({ path: '/containers/json', query: { all: true } });
  return parseAnswer(listAnswer, answer).map(toSummary);
}

export async function findContainer(idOrName: string): Promise<ContainerDetails | null> {
  try {
    const answer = await callJson({ path: `/containers/${containerPath(idOrName)}/json` });
    return toDetails(parseAnswer(inspectAnswer, answer));
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

export async function getContainer(idOrName: string): Promise<ContainerDetails> {
  const container = await findContainer(idOrName);
  if (container) return container;
  throw new AppError('not_found', 'The engine has no such container (any more).', {
    hint: 'It may have been removed, or have removed itself when it ended.',
  });
}

/** Bytes that it wrote into its own layer. The engine counts them file by file: not for a list. */
export async function containerSize(id: string): Promise<number> {
  const answer = await callJson({
    path: `/containers/${containerPath(id)}/json`,
    query: { size: true },
    timeout: startTimeout,
  });
  return parseAnswer(z.looseObject({ SizeRw: z.number().nullish() }), answer).SizeRw ?? 0;
}

const change = (id: string, verb: string, query = {}, timeout = startTimeout): Promise<unknown> =>
  callJson({ method: 'POST', path: `/containers/${containerPath(id)}/${verb}`, query, timeout });

export async function startContainer(id: string): Promise<void> {
  try {
    await change(id, 'start');
  } catch (error) {
    throw containerError(error);
  }
}

/** Asks it to end, and kills it after the grace time (s). */
export async function stopContainer(id: string, grace = stopGrace): Promise<void> {
  await change(id, 'stop', { t: grace }, grace * 1000 + startTimeout);
}

export async function restartContainer(id: string, grace = stopGrace): Promise<void> {
  await change(id, 'restart', { t: grace }, grace * 1000 + 2 * startTimeout);
}

export async function killContainer(id: string, signal = 'SIGKILL'): Promise<void> {
  await change(id, 'kill', { signal });
}

export async function pauseContainer(id: string): Promise<void> {
  await change(id, 'pause');
}

export async function unpauseContainer(id: string): Promise<void> {
  await change(id, 'unpause');
}

/** Without `force` one that runs is refused. `volumes`: with its anonymous volumes. */
export async function removeContainer(
  id: string,
  { force = true, volumes = true }: { force?: boolean; volumes?: boolean } = {},
): Promise<void> {
  await callJson({
    method: 'DELETE',
    path: `/containers/${containerPath(id)}`,
    query: { force, v: volumes },
    timeout: startTimeout,
  });
}
