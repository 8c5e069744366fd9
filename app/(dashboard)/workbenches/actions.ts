'use server';

import { z } from 'zod';
import { action } from '@/lib/actions/inline';
import { attachTo, continueWorkbench, execInto, startWorkbench } from '@/lib/workbenches/start';
import { listCommands } from '@/lib/workbenches/commands-store';
import { readContainerChanges } from '@/lib/workbenches/container-changes';
import { endWorkbench, forgetWorkbench, removeWorkbenchContainer } from '@/lib/workbenches/end';
import { findTerminal } from '@/lib/workbenches/live';
import { readOutput } from '@/lib/workbenches/read-recording';
import { workbenchId, workbenchOptions } from '@/lib/workbenches/schema';
import { listFiles } from '@/lib/workbenches/store';

const container = z.string().min(1, 'Choose a container.');
const one = z.object({ id: workbenchId });
/** Of each command; all of them are asked for one command at a time. */
const changesOfEach = 100;

export const startFromImage = action({
  permission: 'workbench:start',
  input: z.object({ image: z.string().trim().min(1, 'Choose an image.'), options: workbenchOptions }),
  run: async ({ image, options }, { user }) => ({ id: await startWorkbench(image, options, user) }),
});

export const startInContainer = action({
  permission: 'workbench:start',
  input: z.object({ container, options: workbenchOptions.prefault({}) }),
  run: async ({ container, options }, { user }) => ({ id: await execInto(container, options, user) }),
});

export const attachToContainer = action({
  permission: 'workbench:start',
  input: z.object({ container }),
  run: async ({ container }, { user }) => ({ id: await attachTo(container, user) }),
});

export const startAgain = action({
  permission: 'workbench:start',
  input: one,
  run: async ({ id }, { user }) => ({ mode: await continueWorkbench(id, user) }),
});

export const endShell = action({
  permission: 'workbench:type',
  input: one,
  run: async ({ id }, { user }) => endWorkbench(id, user.name),
});

export const removeContainer = action({
  permission: 'workbench:remove',
  input: one,
  run: async ({ id }) => removeWorkbenchContainer(id),
});

export const deleteFromHistory = action({
  permission: 'workbench:remove',
  input: one,
  run: async ({ id }) => ({ deleted: await forgetWorkbench(id) }),
});

/** The commands with a higher number than `after`. */
export const readCommands = action({
  permission: 'workbench:read',
  input: z.object({ id: workbenchId, after: z.number().int().min(0) }),
  run: async ({ id, after }) => listCommands(id, { after, changesOfEach }),
});

/** All that a command changed, and what it said. */
export const readCommand = action({
  permission: 'workbench:read',
  input: z.object({ id: workbenchId, number: z.number().int().min(1) }),
  run: async ({ id, number }) => {
    const [command] = await listCommands(id, { after: number - 1, limit: 1, changesOfEach: 5000 });
    return { changes: command?.changes ?? [], output: command ? await readOutput(command) : '' };
  },
});

/** What differs from the image now, as the engine lists it. */
export const readChanges = action({
  permission: 'workbench:read',
  input: one,
  run: async ({ id }) => readContainerChanges(id),
});

export const readFiles = action({
  permission: 'workbench:read',
  input: one,
  run: async ({ id }) => listFiles(id),
});

/** Where the shell is, as far as it tells. */
export const readDirectory = action({
  permission: 'workbench:read',
  input: one,
  run: async ({ id }) => ({ directory: findTerminal(id)?.directory ?? '' }),
});
