import 'server-only';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { contextRoot, openFile } from './files';

/** Bytes. Longer than any Dockerfile; the engine's own limit is far beyond. */
const maxSize = 1024 * 1024;
const maxPathLength = 1024;

const wrong = (message: string, hint?: string, cause?: unknown) =>
  new AppError('invalid_input', message, { fields: { dockerfile: message }, hint, cause });

/** The Dockerfile's place within its context, or why it cannot be there. */
function checkDockerfilePath(file: string): string {
  const parts = file.split('/');
  if (file === '' || file.length > maxPathLength || file.includes('\0') || file.includes('\\')) {
    throw wrong('The path of the Dockerfile is not valid.');
  }
  if (file.startsWith('/') || parts.some((part) => part === '..' || part === '.' || part === '')) {
    throw wrong('The Dockerfile must be inside the build context, by its relative path.');
  }
  return file;
}

/** Reads it the way the engine will: a link to another file of the context is fine, one that leads out is not. */
export async function readDockerfile(directory: string, file: string): Promise<string> {
  const root = await contextRoot(directory);
  const real = await realpath(path.join(root, checkDockerfilePath(file))).catch((cause: unknown) => {
    throw wrong(`${file} is not in the build context.`, 'Add it, or select another Dockerfile.', cause);
  });
  if (!real.startsWith(`${root}/`)) throw wrong(`${file} is a link that points outside the build context.`);
  const { handle, size } = await openFile(root, path.relative(root, real)).catch((cause: unknown) => {
    throw wrong(`${file} is not a readable file.`, undefined, cause);
  });
  try {
    if (size > maxSize) throw wrong(`${file} is larger than ${maxSize} bytes.`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
