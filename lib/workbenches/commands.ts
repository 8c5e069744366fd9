import 'server-only';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { download } from '@/lib/commands/bytes';
import { command, noOutput, query } from '@/lib/commands/command';
import type { Demand } from '@/lib/commands/authorize';
import { demandForContainer, demandForNetwork } from '@/lib/containers/host-access';
import { profileDemands } from '@/lib/containers/isolation';
import { defaultEngine, getEngine } from '@/lib/engine/engines';
import type { WorkbenchId } from '@/lib/ids';
import { AppError } from '@/lib/errors';
import { operationId } from '@/lib/operations/schema';
import { castOf } from './cast';
import { readCommandsFor } from './commands-store';
import { readContainerChanges } from './container-changes';
import { endWorkbench, forgetWorkbench, removeWorkbenchContainer } from './end';
import { putFile as put, takeFile as take } from './files';
import { typeInto } from './input';
import { findTerminal, noteSeen } from './live';
import { readOutput } from './read-recording';
import {
  commandDetails,
  containerDifference,
  recordedCommand,
  terminalAnswer,
  terminalInput,
  terminalSeen,
  workbenchId,
  workbenchOptions,
} from './schema';
import { attachTo, continueWorkbench, execInto, startWorkbench } from './start';
import { getWorkbench } from './store';

const byId = z.object({ id: workbenchId });

async function demandForWorkbench({ id }: { id: WorkbenchId }): Promise<Demand[]> {
  const { engineId, containerId } = await getWorkbench(id);
  return demandForContainer(getEngine(engineId), containerId);
}

const container = z.string().min(1, 'Choose a container.');
/** Changes per command in lists; `readCommand` returns more. */
const changesOfEach = 100;

export const startFromImage = command({
  name: 'workbench.start-from-image',
  permission: 'workbench:start',
  dangerous: 'on-host',
  also: async ({ options }) => [
    ...(await demandForNetwork(defaultEngine(), options.network, 'options.network')),
    ...profileDemands(options, 'options.'),
  ],
  input: z.object({ image: z.string().trim().min(1, 'Choose an image.'), options: workbenchOptions }),
  output: byId,
  run: async ({ image, options }, { user }) => ({
    id: await startWorkbench(defaultEngine(), image, options, user),
  }),
});

export const startInContainer = command({
  name: 'workbench.start-in-container',
  permission: 'workbench:start',
  dangerous: 'on-host',
  also: (input) => demandForContainer(defaultEngine(), input.container),
  input: z.object({ container, options: workbenchOptions.prefault({}) }),
  output: byId,
  run: async (input, { user }) => ({
    id: await execInto(defaultEngine(), input.container, input.options, user),
  }),
});

export const attachToContainer = command({
  name: 'workbench.attach',
  permission: 'workbench:start',
  dangerous: 'on-host',
  also: (input) => demandForContainer(defaultEngine(), input.container),
  input: z.object({ container }),
  output: byId,
  run: async (input, { user }) => ({ id: await attachTo(defaultEngine(), input.container, user) }),
});

export const startAgain = command({
  name: 'workbench.start-again',
  permission: 'workbench:start',
  dangerous: 'on-host',
  also: demandForWorkbench,
  input: byId,
  output: z.object({ mode: z.enum(['start', 'attach', 'exec']) }),
  run: async ({ id }, { user }) => ({ mode: await continueWorkbench(id, user) }),
});

export const endShell = command({
  name: 'workbench.end-shell',
  permission: 'workbench:type',
  onFullDisk: 'run',
  input: byId,
  output: noOutput,
  run: ({ id }, { user }) => endWorkbench(id, user.name),
});

export const removeContainer = command({
  name: 'workbench.remove-container',
  permission: 'workbench:remove',
  onFullDisk: 'reserve',
  input: byId,
  output: noOutput,
  run: ({ id }) => removeWorkbenchContainer(id),
});

export const deleteFromHistory = command({
  name: 'workbench.delete',
  permission: 'workbench:remove',
  input: byId,
  output: z.object({ deleted: z.boolean() }),
  run: async ({ id }) => ({ deleted: await forgetWorkbench(id) }),
});

/** The commands with a higher number than `after`. */
export const readCommands = query({
  name: 'workbench.list-commands',
  permission: 'workbench:read',
  input: byId.extend({ after: z.number().int().min(0) }),
  output: z.array(recordedCommand),
  run: ({ id, after }, { user }) => readCommandsFor(user, id, { after, changesOfEach }),
});

export const readCommand = query({
  name: 'workbench.read-command',
  permission: 'workbench:read',
  input: byId.extend({ number: z.number().int().min(1) }),
  output: commandDetails,
  run: async ({ id, number }, { user }) => {
    const [found] = await readCommandsFor(user, id, { after: number - 1, limit: 1, changesOfEach: 5000 });
    return { changes: found?.changes ?? [], output: found ? await readOutput(found) : '' };
  },
});

/** The engine's current list of differences from the image. */
export const readChanges = query({
  name: 'workbench.read-changes',
  permission: 'workbench:read',
  input: byId,
  output: containerDifference,
  run: ({ id }) => readContainerChanges(id),
});

/** The shell's directory; '' if unknown. */
export const readDirectory = query({
  name: 'workbench.read-directory',
  permission: 'workbench:read',
  input: byId,
  output: z.object({ directory: z.string() }),
  run: ({ id }) => ({ directory: findTerminal(id)?.directory ?? '' }),
});

/** Numbered messages, each processed once and in order. */
export const typeIntoTerminal = command({
  name: 'workbench.type',
  permission: 'workbench:type',
  // What its container reaches was read when the terminal was opened: a key waits for no engine.
  also: ({ id }) => (findTerminal(id)?.reachesHost ? ['host:use'] : []),
  audit: { none: 'An entry for each key; the recording of the terminal has what was typed.' },
  input: terminalInput.extend({ id: workbenchId }),
  output: terminalAnswer,
  run: ({ id, ...input }, { user }) => typeInto(id, user, input),
});

/** How far a page has drawn, so that a flood waits for it. */
export const noteDrawn = command({
  name: 'workbench.note-seen',
  permission: 'workbench:read',
  audit: { none: 'Several times a second while a terminal prints; it changes nothing that is stored.' },
  input: terminalSeen.extend({ id: workbenchId }),
  output: noOutput,
  run: ({ id, viewer, bytes }, { user }) => {
    const terminal = findTerminal(id);
    if (terminal) noteSeen(terminal, viewer, user.id, bytes);
  },
});

/** A file's bytes, or a folder as a tar. */
export const takeFile = query({
  name: 'workbench.take-file',
  permission: 'workbench:type',
  also: demandForWorkbench,
  input: byId.extend({ path: z.string() }),
  output: download,
  run: async ({ id, path }) => {
    const { name, size, stream } = await take(id, path);
    return { name, sizeBytes: size, body: stream };
  },
});

/** Puts the caller's bytes into the container as a file. */
export const putFile = command({
  name: 'workbench.put-file',
  permission: 'workbench:type',
  also: demandForWorkbench,
  input: byId.extend({
    directory: z.string(),
    name: z.string(),
    size: z.number('The length of the file is not given.').int(),
  }),
  output: z.object({ path: z.string() }),
  run: async ({ id, ...file }, { user, body }) => ({
    path: await put(id, { ...file, body: body ?? new Blob([]).stream() }, user.name),
  }),
});

/** A terminal's recording with its timing, in the format of asciinema. */
export const downloadRecording = query({
  name: 'workbench.download-recording',
  permission: 'workbench:read',
  input: byId.extend({ terminal: operationId }),
  output: download,
  run: async ({ id, terminal }) => {
    const workbench = await getWorkbench(id);
    if (!workbench.terminals.includes(terminal)) throw new AppError('not_found');
    const name = `${workbench.name.replaceAll(/[^\w.-]/g, '_')}-${terminal}.cast`;
    return { name, type: 'application/x-asciicast', body: Readable.from(castOf(terminal)) };
  },
});
