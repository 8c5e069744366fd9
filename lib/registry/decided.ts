import { AppError, type ErrorCode } from '@/lib/errors';

/** What a registry decides about the bytes of a push; another try gives the same. `{host}` is the registry's name. */
export const decided = {
  413: {
    code: 'too_large',
    message: 'A layer is too large for {host}: it refuses so many bytes at once (413).',
    hint: 'Raise the limit of the registry or of the proxy before it (client_max_body_size in nginx), or make the layer smaller.',
  },
  507: {
    code: 'storage_full',
    message: 'The storage of {host} is full (507).',
    hint: 'Free space at the registry, or have its quota raised, then push again; layers that arrived are not sent again.',
  },
} as const satisfies Record<number, { code: ErrorCode; message: string; hint: string }>;

/** The error of such an answer; null for any other status. */
export function decidedError(status: number, host: string): AppError | null {
  if (status !== 413 && status !== 507) return null;
  const { code, message, hint } = decided[status];
  return new AppError(code, message.replace('{host}', host), { hint });
}
