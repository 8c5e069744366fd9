import 'server-only';
import { z } from 'zod';
import { download, eventStream } from '@/lib/commands/bytes';
import { command, query } from '@/lib/commands/command';
import { defaultEngine } from '@/lib/engine/engines';
import { currentEngine } from '@/lib/engine/system/watch';
import { changeContainer as change } from './change';
import { listContainerPage } from './list';
import { parseLogCursor } from './log-entries';
import { openLogStream, readLog } from './logs';
import { describeRemoval, dropContainer } from './remove';
import { runImage as run } from './run';
import { runInput } from './run-schema';
import { demandForMounts, demandForNetwork } from './host-access';
import { profileDemands } from './isolation';
import { containerFilter, containerId, containerRemoval, containerVerbs } from './schema';

const byId = z.object({ id: containerId });

export const searchContainers = query({
  name: 'container.search',
  permission: 'container:read',
  input: z.object({ q: z.string(), limit: z.number().int() }),
  output: z.array(z.object({ id: containerId, name: z.string() })),
  run: async ({ q, limit }) => {
    if ((await currentEngine(defaultEngine())).state !== 'ready') return [];
    const { rows } = await listContainerPage(defaultEngine(), containerFilter.parse({ q, limit }));
    return rows.map(({ id, name }) => ({ id, name }));
  },
});

export const changeContainer = command({
  name: 'container.change',
  permission: 'container:start',
  input: byId.extend({ verb: z.enum(containerVerbs) }),
  output: z.object({ done: z.boolean() }),
  run: ({ id, verb }) => change(defaultEngine(), id, verb),
});

/** What would go with it. */
export const loadContainerRemoval = query({
  name: 'container.preview-removal',
  permission: 'container:remove',
  input: byId,
  output: containerRemoval,
  run: ({ id }) => describeRemoval(defaultEngine(), id),
});

export const removeContainer = command({
  name: 'container.remove',
  permission: 'container:remove',
  onFullDisk: 'reserve',
  input: byId.extend({ force: z.boolean().default(false), volumes: z.boolean().default(false) }),
  output: z.object({ name: z.string() }),
  run: ({ id, force, volumes }) => dropContainer(defaultEngine(), id, { force, volumes }),
});

export const runImage = command({
  name: 'container.run',
  permission: 'container:start',
  dangerous: 'on-host',
  // Whoever can give a container folders or the network of the engine's host reaches all that is there.
  also: async ({ mounts, network, ...input }) => [
    ...(await demandForMounts(
      defaultEngine(),
      mounts.map(({ source }) => source),
    )),
    ...(await demandForNetwork(defaultEngine(), network, 'network')),
    ...profileDemands(input),
  ],
  input: runInput,
  output: z.object({ id: containerId, name: z.string(), warnings: z.array(z.string()) }),
  run: (input, { user }) => run(defaultEngine(), input, user.name),
});

/** All that a container wrote. */
export const downloadLog = query({
  name: 'container.download-log',
  permission: 'container:read',
  input: byId,
  output: download,
  run: async ({ id }, { signal }) => {
    const { name, bytes } = await readLog(defaultEngine(), id, signal);
    return { name: `${name}.log`, type: 'text/plain; charset=utf-8', body: bytes };
  },
});

/** What a container writes, as it writes it: the last `tail` lines first, or what came `after` a place. */
export const followLog = query({
  name: 'container.follow-log',
  permission: 'container:read',
  input: byId.extend({
    tail: z.coerce.number().int().min(0).max(100_000).default(1000),
    after: z.string().max(60).optional(),
  }),
  output: eventStream,
  run: ({ id, tail, after }, { signal }) => {
    const cursor = after === undefined ? null : parseLogCursor(after);
    return openLogStream(defaultEngine(), { id, tail, cursor }, signal);
  },
});
