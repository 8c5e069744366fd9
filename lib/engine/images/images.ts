import 'server-only';
import { z } from 'zod';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { familiarReference, parseReference } from '@/lib/references/reference';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import type { ImageId } from '@/lib/ids';
import { parseHistory } from './history';
import { imagePath, parseName } from '@/lib/engine/wire/names';
import type { HistoryEntry, ImageContainer, ImageDetails, ImageSummary } from './types';

const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const textMap = z
  .record(z.string(), z.string())
  .nullish()
  .transform((map) => map ?? {});
const keys = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((map) => Object.keys(map ?? {}).toSorted());
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const textsOrNull = z
  .array(z.string())
  .nullish()
  .transform((list) => (list?.length ? list : null));

const listAnswer = z.array(
  z.looseObject({
    Id: z.string(),
    ParentId: text,
    RepoTags: texts,
    RepoDigests: texts,
    Created: z.number(),
    Size: z.number(),
    Labels: textMap,
  }),
);

const configAnswer = z.looseObject({
  User: text,
  WorkingDir: text,
  Entrypoint: textsOrNull,
  Cmd: textsOrNull,
  Env: texts,
  ExposedPorts: keys,
  Volumes: keys,
  Labels: textMap,
  StopSignal: text,
  Healthcheck: z.looseObject({ Test: textsOrNull }).nullish(),
  OnBuild: texts,
});

const inspectAnswer = z.looseObject({
  Id: z.string(),
  RepoTags: texts,
  RepoDigests: texts,
  Created: text,
  Size: z.number(),
  Parent: text,
  Author: text,
  Comment: text,
  Os: text,
  Architecture: text,
  Variant: text,
  Config: configAnswer.nullish(),
  RootFS: z.looseObject({ Layers: texts }).nullish(),
});

const layersAnswer = z.looseObject({ RootFS: z.looseObject({ Layers: texts }).nullish() });

const historyAnswer = z.array(
  z.looseObject({
    Id: text,
    Created: z.number(),
    CreatedBy: text,
    Size: z.number(),
    Comment: text,
    Tags: texts,
  }),
);

const containersAnswer = z.array(
  z.looseObject({ Id: z.string(), Names: texts, ImageID: z.string(), State: text, Status: text }),
);

const removeAnswer = z
  .array(z.looseObject({ Untagged: z.string().optional(), Deleted: z.string().optional() }))
  .nullable();

const real = (name: string) => !name.includes('<none>');

/** Names as people write them: Podman says docker.io/library/httpd where Docker says httpd. */
const tagsOf = (names: readonly string[]): string[] =>
  names.filter(real).map((name) => {
    const parsed = parseReference(name);
    return parsed.ok ? familiarReference(parsed.reference) : name;
  });

/** ms. The engine removes layers from the disk before it answers. */
const removeTimeout = 300_000;

async function allContainers(engine: Engine) {
  return parseAnswer(
    containersAnswer,
    await callJson(engine, { path: '/containers/json', query: { all: true } }),
  );
}

/** All images that have a tag or that nothing is built on. */
export async function listImages(engine: Engine): Promise<ImageSummary[]> {
  const [answer, containers] = await Promise.all([
    callJson(engine, { path: '/images/json' }), // digests come without asking; Podman answers nothing when asked for them
    allContainers(engine),
  ]);
  const made = new Map<string, number>();
  for (const { ImageID } of containers) made.set(ImageID, (made.get(ImageID) ?? 0) + 1);
  return parseAnswer(listAnswer, answer).map((image) => ({
    id: image.Id,
    tags: tagsOf(image.RepoTags),
    digests: image.RepoDigests.filter(real),
    created: image.Created * 1000,
    size: image.Size,
    containers: made.get(image.Id) ?? 0,
    labels: image.Labels,
  }));
}

/** Which image the classic builder made of which, those without a name too. An image that others name is not removed. */
export async function listParents(engine: Engine): Promise<Map<string, string>> {
  const answer = parseAnswer(
    listAnswer,
    await callJson(engine, { path: '/images/json', query: { all: true } }),
  );
  return new Map(answer.flatMap(({ Id, ParentId }) => (ParentId ? [[Id, ParentId] as const] : [])));
}

/** What of an image never changes while its id is the same; null for one that is gone. */
export async function findLayers(
  engine: Engine,
  id: string,
): Promise<{ layers: string[]; history: HistoryEntry[] } | null> {
  const [found, history] = await Promise.all([
    orNull(callJson(engine, { path: `/images/${imagePath(id)}/json` })),
    orNull(callJson(engine, { path: `/images/${imagePath(id)}/history` })),
  ]);
  if (found === null || history === null) return null;
  const layers = parseAnswer(layersAnswer, found).RootFS?.Layers ?? [];
  return { layers, history: parseHistory(parseAnswer(historyAnswer, history), layers) };
}

/** 404 becomes null; other errors pass. */
async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

const emptyConfig = configAnswer.parse({});

export async function findImage(engine: Engine, referenceOrId: string): Promise<ImageDetails | null> {
  const found = await orNull(callJson(engine, { path: `/images/${imagePath(referenceOrId)}/json` }));
  if (found === null) return null;
  const image = parseAnswer(inspectAnswer, found);
  const [history, containers] = await Promise.all([
    orNull(callJson(engine, { path: `/images/${imagePath(image.Id)}/history` })),
    allContainers(engine),
  ]);
  if (history === null) return null;
  const config = image.Config ?? emptyConfig;
  const layers = image.RootFS?.Layers ?? [];
  return {
    id: image.Id,
    tags: tagsOf(image.RepoTags),
    digests: image.RepoDigests.filter(real),
    created: Math.max(Date.parse(image.Created) || 0, 0), // reproducible builds say year 1
    size: image.Size,
    containers: containers.filter((container) => container.ImageID === image.Id).length,
    labels: config.Labels,
    parent: image.Parent || null,
    author: image.Author,
    comment: image.Comment,
    os: image.Os,
    architecture: image.Variant ? `${image.Architecture}/${image.Variant}` : image.Architecture,
    config: {
      user: config.User,
      workingDirectory: config.WorkingDir,
      entrypoint: config.Entrypoint,
      command: config.Cmd,
      environment: config.Env,
      exposedPorts: config.ExposedPorts,
      volumes: config.Volumes,
      labels: config.Labels,
      stopSignal: config.StopSignal,
      healthcheck: config.Healthcheck?.Test ?? null,
      onBuild: config.OnBuild,
    },
    layers,
    history: parseHistory(parseAnswer(historyAnswer, history), layers),
  };
}

export async function getImage(engine: Engine, referenceOrId: string): Promise<ImageDetails> {
  const image = await findImage(engine, referenceOrId);
  if (!image) throw new AppError('not_found', `The engine has no image ${referenceOrId}.`);
  return image;
}

export async function tagImage(engine: Engine, id: string, reference: string): Promise<void> {
  const { repository, tag, digest } = parseName(reference);
  if (digest) throw new AppError('invalid_input', 'A digest cannot be used as a tag.');
  await callJson(engine, {
    method: 'POST',
    path: `/images/${imagePath(id)}/tag`,
    query: { repo: repository, tag: tag ?? 'latest' },
  });
}

/** Takes a tag off (by reference) or removes the image (by id), with what the engine says went away. */
export async function removeImage(
  engine: Engine,
  referenceOrId: string,
  { force }: { force: boolean },
): Promise<{ untagged: string[]; deleted: string[] }> {
  const answer = await callJson(engine, {
    method: 'DELETE',
    path: `/images/${imagePath(referenceOrId)}`,
    query: { force },
    timeout: removeTimeout,
  });
  const records = parseAnswer(removeAnswer, answer) ?? [];
  return {
    untagged: tagsOf(records.flatMap((record) => record.Untagged ?? [])),
    deleted: records.flatMap((record) => record.Deleted ?? []),
  };
}

/** All containers, running or not, by the image that they were made from. */
export async function listImageUsers(engine: Engine): Promise<Map<string, ImageContainer[]>> {
  const users = new Map<string, ImageContainer[]>();
  for (const { Id, Names, ImageID, State } of await allContainers(engine)) {
    const user = { id: Id, name: Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12), state: State };
    users.set(ImageID, [...(users.get(ImageID) ?? []), user]);
  }
  return users;
}

/** Containers made from exactly this image, running or not. */
export async function listContainersOf(engine: Engine, imageId: ImageId): Promise<ImageContainer[]> {
  imagePath(imageId);
  return (await listImageUsers(engine)).get(imageId) ?? [];
}
