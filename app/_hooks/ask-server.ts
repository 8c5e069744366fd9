import type { ShownError } from '@/app/_components/ui/error-state';
import { unreachable } from './answered';

export type Answer<T> = { ok: true; value: T } | { ok: false; error: ShownError };

/** The response of one of our route handlers, or its error. With a body, a POST. */
export async function askServer<T>(path: string, signal: AbortSignal, body?: object): Promise<Answer<T>> {
  const post = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    const response = await fetch(path, { ...post, signal });
    const answer = (await response.json()) as unknown;
    if (response.ok) return { ok: true, value: answer as T };
    return { ok: false, error: (answer as { error: ShownError }).error };
  } catch {
    return { ok: false, error: unreachable }; // reported to the user; there is no further detail
  }
}
