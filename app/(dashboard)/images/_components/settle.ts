import type { ShownError } from '@/app/_components/ui/error-state';
import { AppError } from '@/lib/errors';

/** For a page that has something to show without it: an error that has words becomes a value, others are thrown on. */
export async function settle<T>(
  promise: Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: ShownError }> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error;
    const { code, message, hint } = error;
    return { ok: false, error: { code, message, hint } };
  }
}
