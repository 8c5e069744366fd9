import { z } from 'zod';
import { emptyRunConfig, listOrNull, runConfig, text, textMap, texts } from '@/lib/engine/wire/fields';
import { familiarReference, parseReference } from '@/lib/references/reference';
import { parseHistory } from './history';
import type { ImageDetails, ImageSummary } from './types';

export const listAnswer = z.array(
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

export const inspectAnswer = z.looseObject({
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
  Config: runConfig.nullish(),
  RootFS: z.looseObject({ Layers: texts }).nullish(),
  Descriptor: z.unknown().optional(),
});

export type InspectAnswer = z.output<typeof inspectAnswer>;

const platform = z
  .looseObject({ os: text, architecture: text, variant: text })
  .transform(({ os, architecture, variant }) => [os, architecture, variant].filter(Boolean).join('/'));

/** With `manifests`, from API 1.48 on and only with the containerd store. */
export const manifestsAnswer = z.looseObject({
  Manifests: z
    .array(
      z.looseObject({
        Kind: text,
        Available: z.boolean().catch(false),
        ImageData: z.looseObject({ Platform: platform }).nullish(),
      }),
    )
    .nullish(),
});

export const historyAnswer = z
  .array(
    z.looseObject({
      Id: text,
      Created: z.number(),
      CreatedBy: text,
      Size: z.number(),
      Comment: text,
      Tags: texts,
    }),
  )
  .nullable()
  .transform((entries) => entries ?? []);

export const removeAnswer = z
  .array(z.looseObject({ Untagged: z.string().optional(), Deleted: z.string().optional() }))
  .nullable()
  .transform((records) => records ?? []);

export const distributionAnswer = z.looseObject({ Descriptor: z.looseObject({ digest: z.string() }) });

const real = (name: string) => !name.includes('<none>');

/** References in short form: Podman answers docker.io/library/httpd, Docker httpd. */
export const tagsOf = (names: readonly string[]): string[] =>
  names.filter(real).map((name) => {
    const parsed = parseReference(name);
    return parsed.ok ? familiarReference(parsed.reference) : name;
  });

/** `containers`: number of containers created from it. */
export const toSummary = (image: z.output<typeof listAnswer>[number], containers: number): ImageSummary => ({
  id: image.Id,
  tags: tagsOf(image.RepoTags),
  digests: image.RepoDigests.filter(real),
  created: image.Created * 1000,
  size: image.Size,
  containers,
  labels: image.Labels,
});

export const layersOf = (image: InspectAnswer): string[] => image.RootFS?.Layers ?? [];

/** Whether a layer of size 0 is one that is not unpacked: the containerd store counts blocks, so that none is empty. */
const zeroIsUnknown = (image: InspectAnswer): boolean => image.Descriptor !== undefined;

export const historyOf = (
  image: InspectAnswer,
  history: z.output<typeof historyAnswer>,
): ImageDetails['history'] => parseHistory(history, layersOf(image), { zeroIsUnknown: zeroIsUnknown(image) });

export function toDetails(
  image: InspectAnswer,
  history: z.output<typeof historyAnswer>,
  containers: number,
): ImageDetails {
  const config = image.Config ?? emptyRunConfig;
  return {
    id: image.Id,
    tags: tagsOf(image.RepoTags),
    digests: image.RepoDigests.filter(real),
    created: Math.max(Date.parse(image.Created) || 0, 0), // year 1 in reproducible builds
    size: image.Size,
    containers,
    labels: config.Labels,
    parent: image.Parent || null,
    author: image.Author,
    comment: image.Comment,
    os: image.Os,
    architecture: image.Variant ? `${image.Architecture}/${image.Variant}` : image.Architecture,
    config: {
      user: config.User,
      workingDirectory: config.WorkingDir,
      entrypoint: listOrNull(config.Entrypoint),
      command: listOrNull(config.Cmd),
      environment: config.Env,
      exposedPorts: config.ExposedPorts,
      volumes: config.Volumes,
      labels: config.Labels,
      stopSignal: config.StopSignal,
      healthcheck: listOrNull(config.Healthcheck?.Test ?? []),
      onBuild: config.OnBuild,
    },
    layers: layersOf(image),
    history: historyOf(image, history),
  };
}
