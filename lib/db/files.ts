import 'server-only';
import path from 'node:path';
import { env } from '@/lib/env';

export const databaseFile = () => path.join(env().dataDirectory, 'layerwright.db');
export const walFile = () => `${databaseFile()}-wal`;
export const walIndexFile = () => `${databaseFile()}-shm`;
/** What is told before the database has it: lib/operations/journal.ts, lib/workbenches/typed.ts. */
export const journalDirectory = () => path.join(env().dataDirectory, 'journal');
export const backupDirectory = () => path.join(env().dataDirectory, 'backups');

/** Its space is used when the disk is full: reserve.ts. */
export const reserveFile = () => path.join(env().dataDirectory, 'reserve');

/**
 * Written once when the database is created. If it exists, a missing database is an error and not a new installation.
 */
export const markerFile = () => path.join(env().dataDirectory, 'installed.json');

/** Exists while the server runs; if it exists at a start, the last stop was not clean. */
export const runningFile = () => path.join(env().dataDirectory, 'running.json');
