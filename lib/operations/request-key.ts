import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { remember } from '@/lib/remember';

const current = () => remember('request-key', () => new AsyncLocalStorage<{ key: string | undefined }>());

/** Runs a command whose first operation is stored with the key of its request. */
export async function withRequestKey<T>(key: string, work: () => Promise<T>): Promise<T> {
  const request = { key: key as string | undefined };
  try {
    return await current().run(request, work);
  } finally {
    request.key = undefined; // what the command has set going does not belong to the request
  }
}

/** The key of the request that is being answered; once, for its first operation. */
export function takeRequestKey(): string | undefined {
  const request = current().getStore();
  const key = request?.key;
  if (request) request.key = undefined;
  return key;
}
