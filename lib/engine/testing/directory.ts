import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const made: string[] = [];

/** Text or bytes are a file, null is a directory, `-> x` a symbolic link to x. */
export type Files = Record<string, string | Buffer | null>;

export function addFiles(directory: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(content === null ? file : path.dirname(file), { recursive: true });
    if (typeof content === 'string' && content.startsWith('-> ')) symlinkSync(content.slice(3), file);
    else if (content !== null) writeFileSync(file, content);
  }
}

/** A new directory with these files, at its real path. */
export function makeDirectory(files: Files): string {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'layerwright-engine-')));
  made.push(directory);
  addFiles(directory, files);
  return directory;
}

export function removeDirectories(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}
