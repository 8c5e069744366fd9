import 'server-only';
import path from 'node:path';
import { env } from '@/lib/env';

export const databaseFile = () => path.join(env().dataDirectory, 'layerwright.db');
export const backupDirectory = () => path.join(env().dataDirectory, 'backups');

/** Written once, when the database was made: where it stands, a missing database is a loss and not a beginning. */
export const markerFile = () => path.join(env().dataDirectory, 'installed.json');
