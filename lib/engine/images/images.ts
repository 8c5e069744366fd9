import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { listContainers } from '@/lib/engine/containers/containers';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';
import { orNull } from '@/lib/engine/wire/errors';
import { emptyRunConfig, type RunConfig } from '@/lib/engine/wire/fields';
import {
  type InspectAnswer,
  historyAnswer,
  inspectAnswer,
  layersOf,
  listAnswer,
  manifestsAnswer,
  historyOf,
  removeAnswer,
  tagsOf,
  toDetails,
  toSummary,
} from './answers';
import type { ImageId } from '@/lib/ids';
import { imagePath, parseName } from '@/lib/engine/wire/names';
import type { HistoryEntry, ImageContainer, ImageDetails, ImageSummary } from './types';

/** The engine removes layers from the disk before it answers. */
const removeTimeoutMs = 300_000;

async function inspect(engine: Engine, referenceOrId: string): Promise<InspectAnswer> {
  const answer = await callJson(engine, { path: `/images/${imagePath(referenceOrId)}/json` });
  return parseAnswer(inspectAnswer, answer);
}

/** Whether there is an image, and nothing else: some of what `findImage` reads may be missing. */
export const hasImage = async (engine: Engine, referenceOrId: string): Promise<boolean> =>
  (await orNull(inspect(engine, referenceOrId))) !== null;

/** Empty where the engine has none: Docker before 29 answers 404 for an image that it has not unpacked. */
async function readHistory(engine: Engine, id: string) {
  const answer = await orNull(callJson(engine, { path: `/images/${imagePath(id)}/history` }));
  return parseAnswer(historyAnswer, answer);
}

/** All images that have a tag or no child image. */
export async function listImages(engine: Engine): Promise<ImageSummary[]> {
  const [answer, containers] = await Promise.all([
    callJson(engine, { path: '/images/json' }), // with `digests` Podman answers nothing; they are included anyway
    listContainers(engine),
  ]);
  const made = new Map<string, number>();
  for (const { imageId } of containers) made.set(imageId, (made.get(imageId) ?? 0) + 1);
  return parseAnswer(listAnswer, answer).map((image) => toSummary(image, made.get(image.Id) ?? 0));
}

/**
 * Parent ids of the classic builder's images by image id, untagged ones included. The engine does not remove a parent.
 */
export async function listParents(engine: Engine): Promise<Map<string, string>> {
  const answer = parseAnswer(
    listAnswer,
    await callJson(engine, { path: '/images/json', query: { all: true } }),
  );
  return new Map(answer.flatMap(({ Id, ParentId }) => (ParentId ? [[Id, ParentId] as const] : [])));
}

/** The part of an image that its id determines; null if the image does not exist. */
export async function findLayers(
  engine: Engine,
  id: string,
): Promise<{ layers: string[]; history: HistoryEntry[] } | null> {
  const [image, history] = await Promise.all([orNull(inspect(engine, id)), readHistory(engine, id)]);
  if (image === null) return null;
  return { layers: layersOf(image), history: historyOf(image, history) };
}

export async function findImage(engine: Engine, referenceOrId: string): Promise<ImageDetails | null> {
  const image = await orNull(inspect(engine, referenceOrId));
  if (image === null) return null;
  const [history, containers] = await Promise.all([readHistory(engine, image.Id), listContainers(engine)]);
  const made = containers.filter((container) => container.imageId === image.Id).length;
  return toDetails(image, history, made);
}

/** Platforms of an image whose layers the engine does not have; empty where it does not tell. */
export async function listMissingPlatforms(engine: Engine, referenceOrId: string): Promise<string[]> {
  const answer = await callJson(engine, {
    path: `/images/${imagePath(referenceOrId)}/json`,
    query: { manifests: true },
  });
  const { Manifests: manifests } = parseAnswer(manifestsAnswer, answer);
  return (manifests ?? []).flatMap(({ Kind, Available, ImageData }) =>
    Kind === 'image' && !Available && ImageData ? [ImageData.Platform] : [],
  );
}

/** The image's configuration with all fields that a commit can set. */
export const imageRunConfig = async (engine: Engine, referenceOrId: string): Promise<RunConfig> =>
  (await inspect(engine, referenceOrId)).Config ?? emptyRunConfig;

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

/** Untags (by reference) or removes an image (by id). Returns what the engine reports as removed. */
export async function removeImage(
  engine: Engine,
  referenceOrId: string,
  { force }: { force: boolean },
): Promise<{ untagged: string[]; deleted: string[] }> {
  const answer = await callJson(engine, {
    method: 'DELETE',
    path: `/images/${imagePath(referenceOrId)}`,
    query: { force },
    timeoutMs: removeTimeoutMs,
  });
  const records = parseAnswer(removeAnswer, answer);
  return {
    untagged: tagsOf(records.flatMap((record) => record.Untagged ?? [])),
    deleted: records.flatMap((record) => record.Deleted ?? []),
  };
}

/** All containers, running or not, by image id. */
export async function listImageUsers(engine: Engine): Promise<Map<string, ImageContainer[]>> {
  const users = new Map<string, ImageContainer[]>();
  for (const { id, name, imageId, state } of await listContainers(engine))
    users.set(imageId, [...(users.get(imageId) ?? []), { id, name, state }]);
  return users;
}

/** Containers created from this image, running or not. */
export async function listContainersOf(engine: Engine, imageId: ImageId): Promise<ImageContainer[]> {
  imagePath(imageId);
  return (await listImageUsers(engine)).get(imageId) ?? [];
}
