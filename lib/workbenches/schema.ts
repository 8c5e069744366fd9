import { z } from 'zod';
import { isolationFields, limitFields } from '@/lib/containers/isolation-schema';
import { publishAddresses } from '@/lib/containers/run-choices';
import type { ContainerId, EngineId, ImageId, OperationId, WorkbenchId } from '@/lib/ids';
import { changeKinds, maxMessage, type Origin, type Recording, shells } from './choices';

export * from './choices';

const pathChange = z.object({ path: z.string(), kind: z.enum(changeKinds) });
export type PathChange = z.infer<typeof pathChange>;

const environmentChange = z.object({
  name: z.string(),
  /** null: unset. */
  value: z.string().nullable(),
});
export type EnvironmentChange = z.infer<typeof environmentChange>;

export const recordedCommand = z.object({
  /** From 1, across all terminals of the workbench. */
  number: z.number(),
  /** As typed; may have several lines. */
  text: z.string(),
  /** Before it ran. */
  directory: z.string(),
  /** '' when unknown. */
  user: z.string(),
  /** bash | ash | dash | sh; '' if unknown. */
  shell: z.string(),
  /** Nested shells: 0 is the workbench's own. */
  depth: z.number(),
  /** null: unknown or still running. */
  exitCode: z.number().nullable(),
  /** ms since 1970. */
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** The operation with its output. */
  terminal: z.string(),
  /** Byte offset in that recording. */
  outputFrom: z.number(),
  outputTo: z.number().nullable(),
  /** Paths that this command changed; truncated in lists. */
  changes: z.array(pathChange),
  changeCount: z.number(),
  /** Exported variables that it set or unset, if known. */
  environment: z.array(environmentChange),
});
export type RecordedCommand = z.infer<typeof recordedCommand>;

export const commandDetails = z.object({ changes: z.array(pathChange), output: z.string() });

/** Differences from the image; `changes` may be truncated. */
export const containerDifference = z.object({ changes: z.array(pathChange), total: z.number() });

/** A file that was uploaded from a browser. */
const workbenchFile = z.object({
  id: z.string(),
  /** Absolute, in the container. */
  path: z.string(),
  size: z.number(),
  userName: z.string().nullable(),
  /** ms since 1970. */
  createdAt: z.number(),
  /** The number of the last command before it; 0: before the first. */
  afterCommand: z.number(),
});
export type WorkbenchFile = z.infer<typeof workbenchFile>;

export interface WorkbenchSummary {
  id: WorkbenchId;
  origin: Origin;
  name: string;
  engineId: EngineId;
  containerId: ContainerId;
  imageId: ImageId;
  imageReference: string;
  /** '' until known. */
  shell: string;
  recording: Recording;
  userName: string | null;
  /** The newest terminal. */
  operationId: OperationId | null;
  createdAt: number;
  endedAt: number | null;
  exitCode: number | null;
  oomKilled: boolean;
  removedAt: number | null;
  commandCount: number;
}

export interface ListedWorkbench extends WorkbenchSummary {
  paused: boolean;
  /** Its terminal is connected. */
  open: boolean;
  /** Since when no page follows the open terminal, in ms since 1970; null while one does. */
  unwatchedSince: number | null;
}

export interface WorkbenchDetails extends WorkbenchSummary {
  options: WorkbenchOptions;
  /** All of them, oldest first. */
  terminals: string[];
}

export const workbenchId = z.string().regex(/^[0-9a-z]{16}$/, 'Invalid workbench id.');

const environmentName = /^[A-Za-z_][A-Za-z0-9_]*$/;

const port = z
  .number()
  .int('A port must be a whole number.')
  .min(1, 'Ports begin at 1.')
  .max(65535, 'Ports end at 65535.');

export const workbenchOptions = z.object({
  /** auto: the first of bash, ash, dash and sh that there is; command: `command` instead of a shell. */
  shell: z.enum(['auto', ...shells, 'command']).default('auto'),
  /** One argument each; only with shell `command`. */
  command: z.array(z.string()).default([]),
  name: z
    .string()
    .trim()
    .regex(
      /^([a-zA-Z0-9][a-zA-Z0-9_.-]{1,127})?$/,
      'Use at least two characters: letters, digits, _, . and -.',
    )
    .default(''),
  environment: z
    .array(
      z.object({
        name: z
          .string()
          .trim()
          .regex(environmentName, 'Use letters, digits and _; the first character cannot be a digit.'),
        value: z.string().refine((value) => !value.includes('\0'), 'A value cannot contain NUL characters.'),
      }),
    )
    .default([]),
  directory: z
    .string()
    .trim()
    .refine((value) => value === '' || value.startsWith('/'), 'A working directory must begin with “/”.')
    .default(''),
  ports: z
    .array(
      z.object({
        container: port,
        /** null: chosen by the engine. */
        host: port.nullable().default(null),
        protocol: z.enum(['tcp', 'udp']).default('tcp'),
      }),
    )
    .default([]),
  publishOn: z.enum(publishAddresses).default('127.0.0.1'),
  ...limitFields,
  ...isolationFields,
  /** Empty: the engine's default. */
  network: z
    .string()
    .trim()
    .regex(/^([a-zA-Z0-9][a-zA-Z0-9_.-]*(:[a-zA-Z0-9][a-zA-Z0-9_.-]*)?)?$/, 'Invalid network name.')
    .default(''),
});
export type WorkbenchOptions = z.output<typeof workbenchOptions>;
export type WorkbenchOptionsInput = z.input<typeof workbenchOptions>;

/** Random id of a page. */
const viewer = z.string().regex(/^[0-9a-z]{8,32}$/);

const size = { columns: z.number().int().min(2).max(1000), rows: z.number().int().min(1).max(500) };

export const terminalInput = z.object({
  viewer,
  /** From 1, without gaps. */
  number: z.number().int().min(1),
  messages: z
    .array(
      z.discriminatedUnion('type', [
        z.object({
          type: z.literal('text'),
          text: z.string().max(maxMessage),
          /** One character is one byte: legacy mouse reports. */
          binary: z.boolean().default(false),
        }),
        z.object({ type: z.literal('size'), ...size }),
        /** Take the keyboard over. */
        z.object({ type: z.literal('take') }),
      ]),
    )
    .max(1000),
});
export type TerminalInput = z.output<typeof terminalInput>;

/** later: send again. refused: not typed, with the reason. */
export const terminalAnswer = z.discriminatedUnion('result', [
  z.object({ result: z.enum(['done', 'later']) }),
  z.object({ result: z.literal('refused'), message: z.string() }),
]);
export type TerminalAnswer = z.infer<typeof terminalAnswer>;

/** Bytes that a page has drawn (flow control). */
export const terminalSeen = z.object({ viewer, bytes: z.number().int().min(0) });

/** The newest terminal when a page is rendered. */
export interface TerminalView {
  operationId: OperationId;
  open: boolean;
  /** Why it ended, unless the shell exited. */
  message: string | null;
  after: number;
  past: number;
  /** Current keyboard owner and size, whose events may precede `after`. */
  keyboard: { viewer: string | null; name: string };
  size: { columns: number; rows: number } | null;
}

export type WorkbenchContainerView =
  | { state: 'removed' }
  | { state: 'unknown'; message: string }
  | {
      state: 'there';
      /** created, running, paused, restarting, removing, exited, dead */
      status: string;
      exitCode: number;
      oomKilled: boolean;
      error: string;
      mounts: string[];
    };

export interface WorkbenchView {
  workbench: WorkbenchDetails;
  terminal: TerminalView | null;
  container: WorkbenchContainerView;
}
