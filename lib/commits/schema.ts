import { z } from 'zod';
import { tagReference } from '@/lib/images/schema';
import { pushTarget } from '@/lib/images/schema';
import { formatReference, withDefaultTag } from '@/lib/references/reference';
import type { ContainerId, ImageId } from '@/lib/ids';

export const containerId = z.string().regex(/^[a-f0-9]{64}$/, 'This is not the id of a container.');

const oneLine = (most: number, what: string) =>
  z
    .string()
    .trim()
    .max(most, `${what} has at most ${most} characters.`)
    .refine((text) => !/[\0\r\n]/.test(text), `${what} must be one line.`);

const list = <S extends z.ZodType>(entry: S) =>
  z.array(entry).max(200, 'At most 200 are allowed.').default([]);

/** A JSON array is exec form; other text is shell form; null if empty. */
export function parseCommandText(text: string): string[] | null {
  const line = text.trim();
  if (line === '') return null;
  if (line.startsWith('[')) {
    const parsed: unknown = JSON.parse(line);
    if (Array.isArray(parsed) && parsed.every((word) => typeof word === 'string')) return parsed;
    throw new SyntaxError('not an array of strings');
  }
  return ['/bin/sh', '-c', line];
}

const commandText = oneLine(32_768, 'A command').refine((text) => {
  try {
    parseCommandText(text);
    return true;
  } catch {
    return false;
  }
}, 'A command that begins with “[” must be a JSON array of strings: ["httpd", "-D", "FOREGROUND"].');

const absolutePath = (what: string) =>
  oneLine(4096, what).refine((path) => path.startsWith('/'), `${what} must begin with “/”.`);

export const portPattern = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/;

const port = oneLine(32, 'A port').refine((text) => {
  const [, first, last = first] = portPattern.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return from >= 1 && to <= 65_535 && from <= to;
}, 'A port is a number from 1 to 65535 or a range, optionally with a protocol: 80, 8000-8010, 53/udp.');

const environment = z.object({
  name: oneLine(256, 'A name').regex(
    /^[A-Za-z_][A-Za-z0-9_.-]*$/,
    'A name has letters, digits and “_”, and does not begin with a digit.',
  ),
  value: z
    .string()
    .max(32_768, 'A value has at most 32768 characters.')
    .refine((value) => !value.includes('\0'), 'A value cannot contain NUL characters.'),
});

const label = z.object({
  name: oneLine(256, 'A label’s name').regex(
    /^[^\s=\0"']+$/,
    'A label’s name cannot contain blanks, quotes or “=”.',
  ),
  value: environment.shape.value,
});

const trigger = oneLine(32_768, 'A trigger')
  .refine(
    (text) =>
      /^(add|arg|cmd|copy|entrypoint|env|expose|healthcheck|label|run|shell|stopsignal|user|volume|workdir)\s+\S/i.test(
        text,
      ),
    'A trigger is a Dockerfile instruction with its arguments: RUN make.',
  )
  .refine(
    (text) => !/^(from|maintainer|onbuild)\b/i.test(text),
    'FROM, MAINTAINER and ONBUILD cannot be triggers.',
  );

/** The instructions that a commit can apply. Empty fields keep the base image's value. */
export const commitChanges = z.object({
  command: commandText.default(''),
  entrypoint: commandText.default(''),
  environment: list(environment),
  ports: list(port),
  labels: list(label),
  triggers: list(trigger),
  user: oneLine(256, 'A user')
    .regex(/^[\w.$-]*(:[\w.$-]+)?$/, 'A user is a name or number, optionally followed by “:” and a group.')
    .default(''),
  volumes: list(absolutePath('A volume')),
  workingDirectory: z.union([z.literal(''), absolutePath('The working directory')]).default(''),
});
export type CommitChanges = z.output<typeof commitChanges>;
export const noChanges: CommitChanges = commitChanges.parse({});

/** Empty for an untagged image. */
const reference = z.union([
  z.literal('').transform(() => null),
  tagReference.transform((parsed) => formatReference(withDefaultTag(parsed))),
]);

const changedPath = z.string().min(2).max(4096).startsWith('/');

export const startCommitInput = z.object({
  containerId,
  reference,
  message: z.string().trim().max(4000, 'A message has at most 4000 characters.').default(''),
  author: oneLine(256, 'An author').default(''),
  pause: z.boolean().default(true),
  changes: commitChanges,
  leaveOut: z.object({
    /** With their contents. */
    paths: z.array(changedPath).max(5000, 'At most 5000 single paths can be excluded.').default([]),
    /** Ids of lib/commits/rules.ts. */
    rules: z.array(z.string().max(40)).max(40).default([]),
  }),
  push: pushTarget.nullable().default(null),
});
export type StartCommitInput = z.input<typeof startCommitInput>;
export type CommitInput = z.output<typeof startCommitInput>;

/** The operation's stored input: references are strings. */
export const commitInput = startCommitInput.extend({ reference: z.string().nullable() });

export const commitResult = z.object({
  imageId: z.string(),
  /** Ids of the pushes that it started. */
  pushes: z.array(z.string()),
});

export type CommitResult = z.output<typeof commitResult>;

/** `engine`: a standard commit. `layer`: one clean layer on the base with the kept changes. */
export const commitWays = ['engine', 'layer'] as const;
export type CommitWay = (typeof commitWays)[number];

export interface CommitRecord {
  id: string;
  imageId: ImageId | null;
  reference: string | null;
  containerId: ContainerId;
  containerName: string;
  /** Null if the engine no longer has it. */
  baseId: ImageId | null;
  baseName: string;
  message: string;
  author: string;
  way: CommitWay | null;
  leftOut: number;
  changes: CommitChanges;
}

const reviewKinds = ['changed', 'added', 'removed'] as const;
const reviewTypes = ['file', 'directory', 'symlink', 'other'] as const;

/** One changed path, for the review before a commit. */
export interface ReviewEntry {
  path: string;
  kind: (typeof reviewKinds)[number];
  /** Null if it was not read. */
  type: (typeof reviewTypes)[number] | null;
  /** Bytes; null if it was not read. */
  size: number | null;
  /** Rules that mark it. */
  marks: string[];
}

/** A directory or file of the tree, with what is below it. */
const reviewNode = z.object({
  path: z.string(),
  name: z.string(),
  /** Null if only its contents changed. */
  kind: z.enum(reviewKinds).nullable(),
  isDirectory: z.boolean(),
  size: z.number(),
  /** Changed paths: itself and below. */
  count: z.number(),
  /** Some sizes below are unknown. */
  partial: z.boolean(),
  marks: z.array(z.string()),
});
export type ReviewNode = z.infer<typeof reviewNode>;

export const reviewLevel = z.object({ nodes: z.array(reviewNode), more: z.number() });

export interface MarkedGroup {
  rule: string;
  count: number;
  size: number;
  /** The first of them. */
  entries: { path: string; size: number | null }[];
}

interface ReviewVolume {
  target: string;
  kind: string;
}

export interface Review {
  container: { id: string; name: string; image: string; running: boolean };
  counts: Record<ReviewEntry['kind'], number>;
  size: number;
  /** The time limit did not allow all sizes and contents to be read. */
  partial: boolean;
  roots: ReviewNode[];
  groups: MarkedGroup[];
  volumes: ReviewVolume[];
}

export interface CommitFacts {
  container: { id: string; name: string; running: boolean };
  base: { id: string; name: string } | null;
  /** Of the base image, or of the container if that is missing; placeholders of empty fields. */
  inherited: { command: string; entrypoint: string; user: string; workingDirectory: string };
  /** What a standard commit would keep from the container. */
  taken: { what: string; text: string }[];
  author: string;
  registries: { id: string; name: string; host: string }[];
}
