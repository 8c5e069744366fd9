import 'server-only';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { journalDirectory } from '@/lib/db/files';
import { messageOf } from '@/lib/errors';
import type { WorkbenchId } from '@/lib/ids';
import { newViewer, type Viewer } from './live';

/** By page: its user, and the number of its last message that was typed. */
const typedPages = z.record(z.string(), z.object({ userId: z.string(), number: z.number() }));

const fileOf = (id: WorkbenchId) => path.join(journalDirectory(), `${id}.typed`);

/** Without it a page may repeat a message; the terminal goes on. */
function orWarn<T>(id: WorkbenchId, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    console.warn(`What was typed into workbench ${id} cannot be noted: ${messageOf(error)}`);
    return null;
  }
}

function readTyped(id: WorkbenchId): z.infer<typeof typedPages> {
  const [first] = existsSync(fileOf(id)) ? readFileSync(fileOf(id), 'utf8').split('\n') : [];
  return first ? typedPages.parse(JSON.parse(first)) : {};
}

function openFile(id: WorkbenchId) {
  mkdirSync(journalDirectory(), { recursive: true });
  return openSync(fileOf(id), constants.O_RDWR | constants.O_CREAT, 0o600);
}

/** A page repeats what a killed server has typed and not answered: the next server knows it from this file. */
export function openTyped(id: WorkbenchId) {
  const before = Object.entries(orWarn(id, () => readTyped(id)) ?? {});
  let file = orWarn(id, () => openFile(id));
  return {
    viewers: new Map(before.map(([page, { userId, number }]) => [page, newViewer(userId, number)])),
    /** One call of the system, so that a kill leaves the old line or the new one; a longer old line ends after it. */
    note(viewers: ReadonlyMap<string, Viewer>) {
      const to = file;
      if (to === null) return;
      const typing = [...viewers].filter(([, { number }]) => number > 0);
      const pages = Object.fromEntries(
        typing.map(([page, { userId, number }]) => [page, { userId, number }]),
      );
      orWarn(id, () => writeSync(to, `${JSON.stringify(pages)}\n`, 0));
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

/** The shell has ended. */
export const removeTyped = (id: WorkbenchId): void => rmSync(fileOf(id), { force: true });
