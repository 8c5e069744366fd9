import 'server-only';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { contextRoot, openFile } from './files';

/** Longer than any Dockerfile; the engine's own limit is far higher. */
const maxBytes = 1024 * 1024;
const maxPathCharacters = 1024;

const wrong = (message: string, hint?: string, cause?: unknown) =>
  new AppError('invalid_input', message, { fields: { dockerfile: message }, hint, cause });

/** The path of the Dockerfile in its context, or why it is invalid. */
function checkDockerfilePath(file: string): string {
  const parts = file.split('/');
  if (file === '' || file.length > maxPathCharacters || file.includes('\0') || file.includes('\\')) {
    throw wrong('The path of the Dockerfile is not valid.');
  }
  if (file.startsWith('/') || parts.some((part) => part === '..' || part === '.' || part === '')) {
    throw wrong('The Dockerfile must be inside the build context, by its relative path.');
  }
  return file;
}

/** A Dockerfile that was read once: what is checked is what is built, also if the file changes meanwhile. */
export interface DockerfileContent {
  /** Relative to the context, after all links. */
  path: string;
  bytes: Buffer;
}

/** Reads it as the engine does: a link to another file of the context is allowed, one outside of it is not. */
export async function openDockerfile(directory: string, file: string): Promise<DockerfileContent> {
  const root = await contextRoot(directory);
  const real = await realpath(path.join(root, checkDockerfilePath(file))).catch((cause: unknown) => {
    throw wrong(`${file} is not in the build context.`, 'Add it, or select another Dockerfile.', cause);
  });
  if (!real.startsWith(`${root}/`)) throw wrong(`${file} is a link that points outside the build context.`);
  const relative = path.relative(root, real);
  const { handle, size } = await openFile(root, relative).catch((cause: unknown) => {
    throw wrong(`${file} is not a readable file.`, undefined, cause);
  });
  try {
    if (size > maxBytes) throw wrong(`${file} is larger than ${maxBytes} bytes.`);
    return { path: relative, bytes: await handle.readFile() };
  } finally {
    await handle.close();
  }
}

/** Its text. */
export const readDockerfile = async (directory: string, file: string): Promise<string> =>
  (await openDockerfile(directory, file)).bytes.toString('utf8');
