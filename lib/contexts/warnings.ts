import { secretFile } from '@/lib/known/secrets';
import type { ContextWarning } from './schema';

/** The warning about a file that would be sent, or null. */
export function warningOf(path: string, isDirectory: boolean): ContextWarning | null {
  if (isDirectory) {
    const isRepository = /(?:^|\/)\.git$/.test(path);
    return isRepository ? { path, why: 'sends the whole history of the repository' } : null;
  }
  const why = secretFile(path);
  return why ? { path, why } : null;
}
