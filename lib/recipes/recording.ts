import 'server-only';
import { instructionsOf } from '@/lib/commits/instructions';
import type { StoredCommit } from '@/lib/commits/store';
import { listKept } from '@/lib/commits/store';
import { AppError } from '@/lib/errors';
import type { WorkbenchId } from '@/lib/ids';
import type { RecipeSource } from './load';
import { listCommands } from '@/lib/workbenches/commands-store';
import { listFiles, listWorkbenches } from '@/lib/workbenches/store';

export interface ShownCommand {
  /** From 1, across all workbenches of the container. */
  number: number;
  text: string;
  directory: string;
  user: string;
  exitCode: number | null;
  changeCount: number;
  workbenchId: WorkbenchId;
}

/** The commands recorded in a container before the commit, and the recipe's other inputs. */
export async function loadRecording(
  commit: StoredCommit,
): Promise<{ source: RecipeSource; commands: ShownCommand[] }> {
  const { imageId, baseId, baseName } = commit;
  if (!imageId || !baseId)
    throw new AppError('conflict', 'This commit has no image, or its base image was missing.');
  const workbenches = await listWorkbenches({ containerId: commit.containerId });
  const recorded = await Promise.all(
    workbenches.map(async ({ id }) => ({
      id,
      commands: await listCommands(id),
      files: await listFiles(id),
    })),
  );
  const commands = recorded
    .flatMap(({ id, commands: own }) => own.map((command) => ({ ...command, workbenchId: id })))
    .filter((command) => command.startedAt <= commit.at)
    .toSorted((one, other) => one.startedAt - other.startedAt)
    .map((command, index) => ({ ...command, number: index + 1 }));
  const uploads = recorded
    .flatMap(({ files }) => files)
    .filter((file) => file.createdAt <= commit.at)
    .map(({ path, createdAt }) => ({
      path,
      afterCommand: commands.filter((command) => command.startedAt <= createdAt).length,
    }));
  return {
    source: {
      imageId,
      baseId,
      baseName,
      commands,
      uploads,
      changes: await listKept(commit.id),
      leavesOut: commit.leftOut > 0,
      instructions: instructionsOf(commit.changes),
    },
    commands: commands.map(({ number, text, directory, user, exitCode, changeCount, workbenchId }) => ({
      number,
      text,
      directory,
      user,
      exitCode,
      changeCount,
      workbenchId,
    })),
  };
}
