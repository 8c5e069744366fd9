import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { BuildContext } from '@/lib/contexts/context';
import { parsePatterns } from '@/lib/contexts/ignore';
import { rulesOf } from '@/lib/contexts/rules';

export interface ContextParts {
  directory?: string;
  dockerfile?: string;
  /** Lines of its ignore file. */
  ignored?: string;
}

/** The build context of a directory, given by its real path. */
export const makeContext = ({
  directory = '/nowhere',
  dockerfile = 'Dockerfile',
  ignored = '',
}: ContextParts): BuildContext => ({
  root: directory,
  dockerfile,
  sharedKey: directory,
  ignore: { source: null, text: ignored, rules: rulesOf(parsePatterns(ignored)) },
});

/** As `openDockerfile`; empty where there is none. */
export function readContent({ root, dockerfile }: BuildContext) {
  const file = path.join(root, dockerfile);
  return existsSync(file)
    ? { path: path.relative(realpathSync(root), realpathSync(file)), bytes: readFileSync(file) }
    : { path: dockerfile, bytes: Buffer.alloc(0) };
}
