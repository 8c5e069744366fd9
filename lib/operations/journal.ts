import 'server-only';
import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { journalDirectory } from '@/lib/db/files';
import type { StoredEvent } from '@/lib/events/events';
import { messageOf } from '@/lib/errors';
import type { OperationId } from '@/lib/ids';

const suffix = '.events';
const fileOf = (id: OperationId) => path.join(journalDirectory(), `${id}${suffix}`);

/** Events that followers are told before the database has them: one operation's file, JSON lines. */
interface Journal {
  /** Without fsync: what is written survives the process, not a power failure. False if nothing could be written. */
  append: (events: readonly StoredEvent[]) => boolean;
  /** The database has everything. */
  clear: () => void;
  /** The operation has ended. */
  remove: () => void;
}

/** The file is created with the first event. */
export function openJournal(id: OperationId): Journal {
  let file: number | undefined;
  let size = 0;
  let failed = false;

  function open() {
    mkdirSync(journalDirectory(), { recursive: true });
    file = openSync(fileOf(id), 'a', 0o600);
    ({ size } = fstatSync(file));
    return file;
  }

  function append(to: number, bytes: Buffer) {
    for (let done = 0; done < bytes.length;) done += writeSync(to, bytes, done);
    size += bytes.length;
  }

  return {
    append(events) {
      try {
        append(file ?? open(), Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join('')));
        failed = false;
        return true;
      } catch (error) {
        if (!failed) console.warn(`The journal of operation ${id} cannot be written: ${messageOf(error)}`);
        failed = true;
        if (file !== undefined) ftruncateSync(file, size); // no half line before the next one
        return false;
      }
    },
    clear() {
      if (file === undefined || size === 0) return;
      ftruncateSync(file, 0);
      size = 0;
    },
    remove() {
      if (file === undefined) return;
      closeSync(file);
      file = undefined;
      rmSync(fileOf(id), { force: true });
    },
  };
}

function parseEvent(line: string): StoredEvent | null {
  try {
    return JSON.parse(line) as StoredEvent;
  } catch {
    return null;
  }
}

/**
 * What a killed process had told after event `after`, up to the first line that is not whole: it was told to nobody, or a
 * power failure has damaged it.
 */
export function readJournal(id: OperationId, after: number): StoredEvent[] {
  if (!existsSync(fileOf(id))) return [];
  const events: StoredEvent[] = [];
  for (const line of readFileSync(fileOf(id), 'utf8').split('\n')) {
    const event = parseEvent(line);
    if (!event) break;
    if (event.seq === (events.at(-1)?.seq ?? after) + 1) events.push(event);
  }
  return events;
}

/** At start-up, when everything in them is stored. */
export function removeJournals(): void {
  if (!existsSync(journalDirectory())) return;
  for (const name of readdirSync(journalDirectory()))
    if (name.endsWith(suffix)) rmSync(path.join(journalDirectory(), name), { force: true });
}
