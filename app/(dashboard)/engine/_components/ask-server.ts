import type { ShownError } from '@/app/_components/ui/error-state';

export type Answer<T> = { ok: true; value: T } | { ok: false; error: ShownError };

const lost: ShownError = {
  code: 'lost',
  message: 'The server did not answer.',
  hint: 'Look again in a moment.',
};

/** What one of our own handlers answers, or its error in words. */
export async function askServer<T>(path: string, signal: AbortSignal): Promise<Answer<T>> {
  try {
    const response = await fetch(path, { signal });
    const body = (await response.json()) as unknown;
    if (response.ok) return { ok: true, value: body as T };
    return { ok: false, error: (body as { error: ShownError }).error };
  } catch {
    return { ok: false, error: lost }; // the person is told; there is no more to know
  }
}
