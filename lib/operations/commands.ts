import 'server-only';
import { z } from 'zod';
import { download, eventStream } from '@/lib/commands/bytes';
import { command, query } from '@/lib/commands/command';
import { defaultEngine } from '@/lib/engine/engines';
import { cancelOperation as cancel } from './cancel';
import { maxLines, readLines as linesOf, readRaw, searchLines } from './log';
import { cancelledOperation, operationId, operationSummary } from './schema';
import { findOperation, getOperation, listEnded } from './store';
import { openStream } from './stream';
import { cancelPermissions, mayRead, readPermission, visiblePulse } from './visible';

const byId = z.object({ id: operationId });

/** An operation is read by whoever may read what it works on. */
async function readPermissionsOf(ids: string[]) {
  const operations = await Promise.all(ids.map((id) => findOperation(id)));
  return operations.flatMap((operation) => (operation ? [readPermission(operation.kind)] : []));
}
const readPermissions = ({ id }: { id: string }) => readPermissionsOf([id]);

const logLine = z.object({ stream: z.enum(['stdout', 'stderr']), text: z.string() });
const step = z.string().min(1).max(500);

export const cancelOperation = command({
  name: 'operation.cancel',
  permission: 'operation:cancel',
  onFullDisk: 'run',
  input: byId,
  output: cancelledOperation,
  also: async ({ id }) => {
    const operation = await findOperation(id);
    return operation ? cancelPermissions(operation.kind) : [];
  },
  run: async ({ id }, { user }) => ({ status: await cancel(id, user.name) }),
});

/** Which of these operations have ended, and how. */
export const listEndedOperations = query({
  name: 'operation.list-ended',
  permission: 'operation:read',
  input: z.object({ ids: z.array(operationId).max(200) }),
  output: z.array(operationSummary),
  run: async ({ ids }, { user }) => (await listEnded(ids)).filter((operation) => mayRead(user, operation)),
});

/** What runs and what was asked to be followed, as it happens. */
export const followOperations = query({
  name: 'operation.follow',
  permission: 'operation:read',
  /** How far each operation has been followed: its id, the number of its last event. */
  input: z.object({ after: z.record(operationId, z.number().int().min(0)) }),
  output: eventStream,
  also: ({ after }) => readPermissionsOf(Object.keys(after)),
  run: ({ after }, { user, signal }) =>
    openStream(defaultEngine(), after, (pulse) => visiblePulse(pulse, user), signal),
});

/** Lines `from` to `to` of a step's log; fewer where there are fewer, 2,000 at most. */
export const readLogLines = query({
  name: 'operation.read-log',
  permission: 'operation:read',
  input: byId.extend({ step, from: z.coerce.number().int().min(0), to: z.coerce.number().int().min(1) }),
  also: readPermissions,
  output: z.object({ from: z.number(), lines: z.array(logLine) }),
  run: async ({ id, step, from, to }) => ({
    from,
    lines: await linesOf(id, step, from, Math.min(to, from + maxLines)),
  }),
});

/** Numbers of the lines of a step's log that hold a text. */
export const searchLog = query({
  name: 'operation.search-log',
  permission: 'operation:read',
  input: byId.extend({ step, q: z.string().min(1).max(500) }),
  also: readPermissions,
  output: z.object({ lines: z.array(z.number()), total: z.number() }),
  run: ({ id, step, q }, { signal }) => searchLines(id, step, q, signal),
});

/** The log exactly as it came, of one step or of all. */
export const downloadLog = query({
  name: 'operation.download-log',
  permission: 'operation:read',
  input: byId.extend({ step: step.optional() }),
  also: readPermissions,
  output: download,
  run: async ({ id, step = null }) => {
    const { kind } = await getOperation(id);
    return { name: `${kind}-${id}.log`, type: 'text/plain; charset=utf-8', body: readRaw(id, step) };
  },
});
