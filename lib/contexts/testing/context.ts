import type { BuildContext } from '@/lib/contexts/context';
import { parsePatterns } from '@/lib/contexts/ignore';
import { rulesOf } from '@/lib/contexts/rules';

export interface ContextParts {
  directory?: string;
  dockerfile?: string;
  /** The lines of its ignore file. */
  ignored?: string;
}

/** What a build of a directory, given by its real path, is made from. */
export const makeContext = ({
  directory = '/nowhere',
  dockerfile = 'Dockerfile',
  ignored = '',
}: ContextParts): BuildContext => ({
  root: directory,
  dockerfile,
  sharedKey: directory,
  ignore: { source: null, rules: rulesOf(parsePatterns(ignored)) },
});
