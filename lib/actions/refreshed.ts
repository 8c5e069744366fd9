import 'server-only';
import { refresh, revalidatePath } from 'next/cache';

/** After a change: the response contains the re-rendered page. */
export function refreshed<T>(output: T): T {
  refresh();
  return output;
}

export const revalidated =
  (path: string) =>
  <T>(output: T): T => {
    revalidatePath(path);
    return output;
  };
