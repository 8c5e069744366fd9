import { z } from 'zod';

/**
 * Fields of the engine's answers. Absent and null are read as empty, because engines differ in which fields they omit.
 */

export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

export const number = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);

export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

export const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

export const textMap = z
  .record(z.string(), z.string())
  .nullish()
  .transform((map) => map ?? {});

/** A Go set: `{ "80/tcp": {} }`. */
const keys = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((map) => Object.keys(map ?? {}).toSorted());

/** The `Config` of images and containers. */
export const runConfig = z.looseObject({
  User: text,
  WorkingDir: text,
  Env: texts,
  Cmd: texts,
  Entrypoint: z.union([texts, z.string().transform((value) => (value ? [value] : []))]).catch([]),
  ExposedPorts: keys,
  Volumes: keys,
  Labels: textMap,
  OnBuild: texts,
  StopSignal: text,
  Shell: texts,
  Healthcheck: z.looseObject({ Test: z.array(z.string()).nullish() }).nullish(),
});
export type RunConfig = z.output<typeof runConfig>;

export const emptyRunConfig: RunConfig = runConfig.parse({});

export const listOrNull = (list: string[]): string[] | null => (list.length > 0 ? list : null);
