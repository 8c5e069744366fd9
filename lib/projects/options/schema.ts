import { z } from 'zod';
import { builders, networkModes } from '@/lib/projects/choices';
import { checked, projectPath } from '@/lib/projects/rules';
import { parseReference } from '@/lib/references/reference';

const image = checked((text) => {
  const parsed = parseReference(text);
  return parsed.ok ? null : parsed.reason;
});

const imageTag = checked((text) => {
  const parsed = parseReference(text);
  if (!parsed.ok) return parsed.reason;
  return parsed.reference.digest ? 'A tag cannot contain a digest (“@sha256:…”).' : null;
});

const line = (max: number, what: string) =>
  z
    .string()
    .max(max, `${what} has at most ${max} characters.`)
    .refine((text) => !text.includes('\0'), `${what} cannot contain NUL characters.`);

/** Names a frontend, a program that the engine would pull and run as the builder. */
const syntaxArgument = 'BUILDKIT_SYNTAX';

const buildArg = z.object({
  name: z
    .string()
    .max(200, 'A name has at most 200 characters.')
    .regex(/^[A-Za-z_]\w*$/, 'Use letters, digits and “_”, not beginning with a digit.')
    .refine(
      (name) => name !== syntaxArgument,
      `${syntaxArgument} is not allowed: it would replace the builder.`,
    ),
  value: line(32_768, 'A value'),
});

const label = z.object({
  name: z
    .string()
    .max(256, 'A label name has at most 256 characters.')
    .regex(/^[^\s=\0"']+$/, 'A label name cannot contain spaces, quotes or “=”.'),
  value: line(32_768, 'A value'),
});

/** A list whose entries have unique values of `key`. */
const distinct = <S extends z.ZodType>(entry: S, most: number, key: (value: z.output<S>) => string) =>
  z
    .array(entry)
    .max(most, `At most ${most} are allowed.`)
    .superRefine((values, context) => {
      const seen = new Set<string>();
      values.forEach((value, index) => {
        if (seen.has(key(value)))
          context.addIssue({ code: 'custom', path: [index], message: 'Duplicate entry.' });
        seen.add(key(value));
      });
    });

const address = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

function hostProblem(text: string): string | null {
  const colon = text.indexOf(':');
  const [name, ip] = [text.slice(0, colon), text.slice(colon + 1).replace(/^\[(.*)\]$/, '$1')];
  if (colon < 0) return 'Enter “name:address”.';
  if (!/^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/.test(name)) return 'This host name is not valid.';
  const isV6 = /^[0-9a-f:.]{2,45}$/i.test(ip) && ip.includes(':');
  return address.test(ip) || isV6 || ip === 'host-gateway'
    ? null
    : 'After the name, enter an IP address or “host-gateway”.';
}

const ulimitNames = [
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
] as const;

const limit = z
  .number({ error: 'Enter a whole number, or -1 for no limit.' })
  .int('Enter a whole number, or -1 for no limit.')
  .min(-1, 'Enter a whole number, or -1 for no limit.');

const ulimit = z
  .object({
    name: z.enum(ulimitNames, { error: `Use one of ${ulimitNames.join(', ')}.` }),
    soft: limit,
    hard: limit,
  })
  .refine(({ soft, hard }) => hard === -1 || (soft !== -1 && soft <= hard), {
    message: 'The soft limit exceeds the hard limit.',
  });

const MiB = 1024 * 1024;
const size = (least: number, words: string) =>
  z
    .number({ error: 'Enter a size, e.g. “512m” or “2g”.' })
    .int()
    .min(least, words)
    .max(2 ** 50, 'The value is too large.');

export const secretId = z
  .string()
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
    'A secret name can contain letters, digits, “_”, “.” and “-”.',
  );

const pushTarget = z
  .object({
    registryId: z.string().min(1, 'Select a registry.').max(64),
    repository: z.string(),
    tag: z.string().default('latest'),
  })
  .superRefine(({ repository, tag }, context) => {
    // An arbitrary host for the check: the registry's own may change.
    const path = parseReference(`registry.invalid/${repository}`);
    const whole = parseReference(`registry.invalid/repository:${tag}`);
    if (!path.ok || path.reference.tag || path.reference.digest)
      context.addIssue({
        code: 'custom',
        path: ['repository'],
        message: path.ok ? 'Enter the repository without a tag.' : path.reason,
      });
    if (!whole.ok) context.addIssue({ code: 'custom', path: ['tag'], message: whole.reason });
  });

/** The options of a build. Every field has a default, so that options stored by an older version are valid. */
export const buildOptions = z.object({
  dockerfile: projectPath.default('Dockerfile'),
  target: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{0,127}$/, 'A stage name can contain letters, digits, “_”, “.” and “-”.')
    .optional(),
  buildArgs: distinct(buildArg, 200, ({ name }) => name).default([]),
  labels: distinct(label, 200, ({ name }) => name).default([]),
  tags: distinct(imageTag, 20, (tag) => tag).default([]),
  platform: z
    .string()
    .regex(
      /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9._]+)?$/,
      'Enter a platform such as “linux/arm64” or “linux/arm/v7”.',
    )
    .max(100)
    .optional(),
  noCache: z.boolean().default(false),
  pull: z.boolean().default(false),
  networkMode: z.enum(networkModes).default('default'),
  extraHosts: distinct(checked(hostProblem), 50, (host) => host).default([]),
  cacheFrom: distinct(image, 20, (name) => name).default([]),
  /** Names only: the values are stored encrypted. */
  secrets: distinct(z.object({ id: secretId }), 50, ({ id }) => id).default([]),
  /** Bytes. */
  shmSize: size(MiB, 'Shared memory is at least 1m.').optional(),
  ulimits: distinct(ulimit, ulimitNames.length, ({ name }) => name).default([]),
  /** Bytes. */
  memory: size(6 * MiB, 'Memory is at least 6m.').optional(),
  cpus: z
    .number({ error: 'Enter a number, e.g. “1.5”.' })
    .min(0.01, 'At least 0.01 of a CPU.')
    .max(1024, 'At most 1024 CPUs.')
    .optional(),
  /** Which CPUs. */
  cpuset: z
    .string()
    .regex(/^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/, 'Numbers of CPUs, from 0: “0-3” or “0,2”.')
    .optional(),
  builder: z.enum(builders).default('auto'),
  pushTargets: distinct(pushTarget, 20, (target) => JSON.stringify(Object.values(target))).default([]),
});
export type BuildOptions = z.infer<typeof buildOptions>;

export const defaultOptions: BuildOptions = buildOptions.parse({});
