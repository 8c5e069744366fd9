import type { ShownError } from '@/app/_components/ui/error-state';
import { AppError } from '@/lib/errors';

/** For a page that can show something without the value: errors with a message become values, `internal` ones are thrown. */
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
