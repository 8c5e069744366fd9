import 'server-only';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { directoryMode, plainMode } from './unpack/modes';

/** Modes end up in images: what is new in a project has these, whatever the umask of the server. */
export async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory);
  await chmod(directory, directoryMode);
}

/** With its missing parents; does nothing if it exists. */
export async function makeDirectories(directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true });
  if (first === undefined) return;
  for (let made = directory; made.length >= first.length; made = path.dirname(made))
    await chmod(made, directoryMode);
}

export async function writeNewFile(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(file, content, { flag: 'wx' });
  await chmod(file, plainMode);
}
