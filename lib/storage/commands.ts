import 'server-only';
import path from 'node:path';
import { z } from 'zod';
import { command } from '@/lib/commands/command';
import { backUpDatabase, checkBackup as check } from '@/lib/db/backup';
import { backupName } from './schema';

/** Resolves when the backup is complete and checked. */
export const makeBackup = command({
  name: 'backup.make',
  permission: 'settings:edit',
  output: z.object({ name: z.string() }),
  run: async () => ({ name: path.basename(await backUpDatabase('by-hand')) }),
});

/** Reads the whole backup; `problem` is null if it is intact. */
export const checkBackup = command({
  name: 'backup.check',
  permission: 'settings:edit',
  input: z.object({ name: backupName }),
  output: z.object({ problem: z.string().nullable() }),
  run: async ({ name }) => ({ problem: await check(name) }),
});
