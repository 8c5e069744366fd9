import 'server-only';
import { contextRoot } from './files';
import { type Ignore, readIgnore } from './ignore';

/** What one build is made from: a directory, and what of it is left out. */
export interface BuildContext {
  /** The real path of its directory. */
  root: string;
  /** Relative to it, with `/`. It decides which ignore file counts. */
  dockerfile: string;
  /** Stable per project: lets the engine keep the files of the last build and ask only for changes. */
  sharedKey: string;
  ignore: Ignore;
}

/** Reads the ignore file once: everything that asks what is sent asks this context. */
export async function openContext({
  directory,
  dockerfile,
  sharedKey,
}: Pick<BuildContext, 'dockerfile' | 'sharedKey'> & { directory: string }): Promise<BuildContext> {
  const root = await contextRoot(directory);
  return { root, dockerfile, sharedKey, ignore: await readIgnore(root, dockerfile) };
}
