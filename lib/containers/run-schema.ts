import { z } from 'zod';
import type { ImageId } from '@/lib/ids';
import { type IsolationDefaults, isolationFields, limitFields } from './isolation-schema';
import { publishAddresses, restartPolicies } from './run-choices';
import { parseWords } from '@/lib/shell/command-line';

export * from './run-choices';

const commandLine = z
  .string()
  .max(32_768, 'A command has at most 32,768 characters.')
  .transform((text, context) => {
    const parsed = parseWords(text);
    if (parsed.ok) return parsed.words;
    context.addIssue({ code: 'custom', message: parsed.reason });
    return z.NEVER;
  })
  .default([]);

const containerName = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}$/,
    'Two or more letters, digits, “_”, “.” and “-”, beginning with a letter or a digit.',
  );

const portNumber = z
  .number({ error: 'A port is a number from 1 to 65535.' })
  .int('A port is a number from 1 to 65535.')
  .min(1, 'A port is a number from 1 to 65535.')
  .max(65_535, 'A port is a number from 1 to 65535.');

const publishedPort = z.object({
  inside: portNumber,
  /** Null: the engine takes a free one. */
  outside: portNumber.nullable(),
  protocol: z.enum(['tcp', 'udp']).default('tcp'),
});

const noNul = (text: string) => !text.includes('\0');

const variable = z.object({
  name: z
    .string()
    .max(1024)
    .regex(/^[^=\s\0][^=\0]*$/, 'A variable name must not contain “=” or begin with a space.'),
  value: z.string().max(131_072, 'A value has at most 131,072 characters.').refine(noNul),
});

const volumeName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$/;

/** A folder of the engine's host, in contrast to a volume. */
export const isHostPath = (source: string): boolean => source.startsWith('/');

const mountedVolume = z.object({
  source: z
    .string()
    .trim()
    .max(4096)
    .refine(
      (text) => volumeName.test(text) || (isHostPath(text) && !/[:\0]/.test(text)),
      'The name of a volume, or the path of a folder of the engine’s host, without a colon.',
    ),
  target: z
    .string()
    .trim()
    .max(4096)
    .regex(/^\/[^:\0]+$/, 'A path in the container: it begins with “/”, and has no colon.'),
  readOnly: z.boolean().default(false),
});

/** What one asks for when an image is to be run. */
export const runInput = z
  .object({
    /** Id or reference. */
    image: z.string().min(1).max(1024),
    name: z.union([z.literal(''), containerName], {
      error: containerName.safeParse('').error!.issues[0]!.message,
    }),
    entrypoint: commandLine,
    command: commandLine,
    ports: z.array(publishedPort).max(100).default([]),
    publishOn: z.enum(publishAddresses).default('127.0.0.1'),
    environment: z.array(variable).max(500).default([]),
    mounts: z.array(mountedVolume).max(100).default([]),
    ...limitFields,
    restart: z.enum(restartPolicies).default('no'),
    network: z
      .string()
      .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/, 'This is not the name of a network.')
      .default('bridge'),
    autoRemove: z.boolean().default(false),
    ...isolationFields,
  })
  .superRefine(({ autoRemove, restart, network, ports, mounts, environment }, context) => {
    const issue = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (autoRemove && restart !== 'no')
      issue(['autoRemove'], '“Remove on exit” and a restart policy exclude each other: choose one.');
    if ((network === 'none' || network === 'host') && ports.length > 0)
      issue(
        ['ports'],
        `With the network “${network}” no ports are published: remove them, or choose another.`,
      );
    const twice = <T>(list: T[], key: (item: T) => string) =>
      list.findIndex((item, index) => list.findIndex((other) => key(other) === key(item)) < index);
    const port = twice(ports, ({ inside, outside, protocol }) => `${outside ?? `any ${inside}`}/${protocol}`);
    if (port >= 0) issue(['ports', port, 'outside'], 'This port is used twice.');
    const mount = twice(mounts, ({ target }) => target);
    if (mount >= 0) issue(['mounts', mount, 'target'], 'Only one volume can be mounted at a path.');
    const name = twice(environment, (entry) => entry.name);
    if (name >= 0) issue(['environment', name, 'name'], 'This variable is set twice.');
  });
export type RunInput = z.input<typeof runInput>;

/** What the form offers for an image. */
export interface RunOptions {
  imageId: ImageId;
  /** Its names, and else its short id. */
  imageName: string;
  suggestedName: string;
  takenNames: string[];
  /** `8080/tcp`, as the image says. */
  exposed: { inside: number; protocol: 'tcp' | 'udp' }[];
  /** As one writes it; empty where it has none. */
  entrypoint: string;
  command: string;
  environment: string[];
  /** Paths that the image wants to be volumes. */
  volumes: string[];
  networks: string[];
  volumeNames: string[];
  defaults: IsolationDefaults;
}
