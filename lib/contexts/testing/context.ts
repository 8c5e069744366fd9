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
  ignore: { source: null, rules: rulesOf(parsePatterns(ignored)) },
});
