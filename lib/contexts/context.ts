import 'server-only';
import { contextRoot } from './files';
import { type Ignore, readIgnore } from './ignore';

/** The context of a build: a directory and its ignore rules. */
export interface BuildContext {
  /** Real path of the directory. */
  root: string;
  /** Relative to the directory, with `/`. Determines which ignore file applies. */
  dockerfile: string;
  /** Stable per project: the engine keeps the files of the last build and requests only changes. */
  sharedKey: string;
  ignore: Ignore;
}

/** Reads the ignore file once, so that everything that uses this context sees the same files. */
export async function openContext({
  directory,
  dockerfile,
  sharedKey,
}: Pick<BuildContext, 'dockerfile' | 'sharedKey'> & { directory: string }): Promise<BuildContext> {
  const root = await contextRoot(directory);
  return { root, dockerfile, sharedKey, ignore: await readIgnore(root, dockerfile) };
}
