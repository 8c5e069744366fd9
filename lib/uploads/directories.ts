import 'server-only';
import path from 'node:path';
import { env } from '@/lib/env';

export const uploadsDirectory = () => path.join(env().dataDirectory, 'uploads');

/** On the file system of the projects, so that a finished directory moves to its place by rename. */
export const stagingDirectory = () => path.join(env().dataDirectory, 'staging');
