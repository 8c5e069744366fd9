import 'server-only';
import { z } from 'zod';
import { command, query } from '@/lib/commands/command';
import { defaultEngine } from '@/lib/engine/engines';
import { startedOperation } from '@/lib/operations/schema';
import { previewPrune } from './preview';
import { startPrune as start } from './prune';
import { measuredReport } from './report';
import { diskReport, prunables, pruneInput, prunePreview } from './schema';

/** Disk usage, measured now; waits for the engine. */
export const measureDisk = query({
  name: 'disk.measure',
  permission: 'engine:read',
  input: z.object({ force: z.boolean().default(false) }),
  output: diskReport,
  run: ({ force }) => measuredReport(defaultEngine(), { force }),
});

/** Preview of a clean-up; waits for the engine. */
export const previewPruning = query({
  name: 'disk.preview-prune',
  permission: 'engine:prune',
  input: z.object({ what: z.enum(prunables) }),
  output: prunePreview,
  run: ({ what }) => previewPrune(defaultEngine(), what),
});

export const startPrune = command({
  name: 'disk.prune',
  permission: 'engine:prune',
  dangerous: true,
  onFullDisk: 'reserve',
  input: pruneInput,
  output: startedOperation,
  run: async (input, { user }) => ({ id: await start(defaultEngine(), input, user) }),
});
