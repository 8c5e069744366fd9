import 'server-only';
import path from 'node:path';
import { env } from '@/lib/env';

export const uploadsDirectory = () => path.join(env().dataDirectory, 'uploads');

/** Beside the projects, so that what is ready moves to its place by one rename. */
export const stagingDirectory = () => path.join(env().dataDirectory, 'staging');
