import 'server-only';
import { z } from 'zod';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { containerPath } from '@/lib/engine/wire/names';
import type { ContainerId, ImageId } from '@/lib/ids';

export interface ContainerState {
  id: ContainerId;
  name: string;
  image: string;
  imageId: ImageId;
  /** created, running, paused, restarting, removing, exited, dead */
  status: string;
  exitCode: number;
  oomKilled: boolean;
  /** The engine's own words when it could not be started. */
  error: string;
  /** ms since 1970; null when it has never been started. */
  startedAt: number | null;
  /** ms since 1970; null while it has not ended. */
  finishedAt: number | null;
  terminal: boolean;
  openInput: boolean;
  /** Where its volumes and mounts are: what is below them no commit holds. */
  mounts: string[];
}

const answerSchema = z.looseObject({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  State: z.looseObject({
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.boolean().default(false),
    Error: z.string().default(''),
    StartedAt: z.string().default(''),
    FinishedAt: z.string().default(''),
  }),
  Config: z.looseObject({
    Image: z.string().default(''),
    Tty: z.boolean().default(false),
    OpenStdin: z.boolean().default(false),
  }),
  Mounts: z
    .array(z.looseObject({ Destination: z.string().default('') }))
    .nullish()
    .transform((mounts) => mounts ?? []),
});

/** null when it is gone. */
export async function findContainer(engine: Engine, idOrName: string): Promise<ContainerState | null> {
  let answer: unknown;
  try {
    answer = await callJson(engine, { path: `/containers/${containerPath(idOrName)}/json` });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
  const { Id, Name, Image, State, Config, Mounts } = parseAnswer(answerSchema, answer);
  const startedAt = Date.parse(State.StartedAt);
  const finishedAt = Date.parse(State.FinishedAt);
  return {
    id: Id,
    name: Name.replace(/^\//, ''),
    image: Config.Image,
    imageId: Image,
    status: State.Status,
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    error: State.Error,
    startedAt: startedAt > 0 ? startedAt : null,
    finishedAt: finishedAt > 0 ? finishedAt : null,
    terminal: Config.Tty,
    openInput: Config.OpenStdin,
    mounts: Mounts.map(({ Destination }) => Destination).filter(Boolean),
  };
}
