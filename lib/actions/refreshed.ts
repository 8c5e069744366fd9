import 'server-only';
import { refresh, revalidatePath } from 'next/cache';

/** After a change: the page that asked is drawn anew with the answer. */
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
