import { z } from 'zod';
import type { GateAllows } from '@/lib/engine/types';

const MiB = 1024 ** 2;

const path = z
  .string()
  .trim()
  .max(4096)
  .regex(/^\/[^:,\0]+$/, 'Absolute paths in the container, e.g. “/tmp /run”, without colons and commas.');

/** Name of a security profile on the engine's host; empty: the engine's default. */
const profile = z
  .string()
  .trim()
  .max(128)
  .regex(/^[\w.-]*$/, 'Letters, digits, “_”, “.” and “-”.')
  .default('');

/** Limits of a new container's resources; not set: no limit. */
export const limitFields = {
  memory: z
    .number({ error: 'Enter a size, e.g. “512m” or “2g”.' })
    .int()
    .min(6 * MiB, 'At least 6m.')
    .nullish(),
  cpus: z
    .number({ error: 'Enter a number, e.g. “1.5”.' })
    .min(0.01, 'At least 0.01.')
    .max(1024, 'That is more than any machine has.')
    .nullish(),
  pids: z
    .number({ error: 'Enter a whole number.' })
    .int('Enter a whole number.')
    .min(1, 'At least 1.')
    .max(4_194_304)
    .nullish(),
};

/** How a new container is isolated, where it differs from the engine's default. */
export const isolationFields = {
  /** Empty: the image's. */
  user: z
    .string()
    .trim()
    .regex(
      /^([a-zA-Z0-9_][a-zA-Z0-9_.-]*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]*)?)?$/,
      'A user, or a user and a group: “1000”, “www-data”, “1000:1000”.',
    )
    .default(''),
  readOnly: z.boolean().default(false),
  /** In memory; only used with `readOnly`. */
  writablePaths: z.array(path).max(20).default(['/tmp']),
  noNewPrivileges: z.boolean().default(false),
  dropCapabilities: z.boolean().default(false),
  seccomp: z.enum(['default', 'unconfined']).default('default'),
  appArmor: profile,
  selinuxType: profile,
};

const isolation = z.object({ ...limitFields, ...isolationFields });
export type Isolation = z.output<typeof isolation>;
export type IsolationInput = z.input<typeof isolation>;

/** What the engine does by default, for the form. */
export interface IsolationDefaults {
  /** Of the engine's host. */
  cpus: number;
  memory: number;
  /** As the engine reports it: `seccomp (default)`, `apparmor`, `userns`. */
  isolation: string[];
  /** What the gate before it lets through; null: no gate. */
  gate: GateAllows | null;
}
