import { z } from 'zod';
import { parseHost } from '@/lib/references/host';
import { registrySchemes, type RegistryScheme } from '@/lib/registry/choices';
import { checkStatuses } from './labels';

export * from './labels';

/** The result of a check. Times in ms since 1970. */
export const registryCheck = z.object({
  status: z.enum(checkStatuses),
  message: z.string(),
  /** The remedy, one or two sentences; empty if none is needed. */
  hint: z.string(),
  at: z.number(),
});
export type RegistryCheck = z.infer<typeof registryCheck>;

/** A stored registry without its password. */
export interface Registry {
  id: string;
  name: string;
  /** `host[:port]`, lower case; `docker.io` for the Hub. */
  host: string;
  scheme: RegistryScheme;
  username: string | null;
  hasPassword: boolean;
  /** Run by this installation. */
  local: boolean;
  /** Layerwright made the login and gives it to the registry. */
  generatedLogin: boolean;
  check: RegistryCheck | null;
  createdAt: number;
}

export const registryId = z.string().regex(/^[0-9a-z]{16}$/, 'This is not the id of a registry.');

const host = z.string().transform((text, context) => {
  const parsed = parseHost(text);
  if (parsed.ok) return parsed;
  context.addIssue({ code: 'custom', message: parsed.reason });
  return z.NEVER;
});

const fields = z.object({
  /** Empty: the host. */
  name: z.string().trim().max(80, 'A name has at most 80 characters.').default(''),
  host,
  scheme: z.enum(registrySchemes).default('auto'),
  /** Empty: no login. */
  username: z
    .string()
    .trim()
    .max(255, 'A user name has at most 255 characters.')
    .refine(
      (text) => !text.includes(':'),
      'A user name cannot contain a colon, which separates it from the password in HTTP.',
    )
    .default(''),
  /** Empty: none, or the stored one. */
  password: z.string().max(16_384, 'A password or token has at most 16,384 characters.').default(''),
});

/** A pasted `http://` selects plain HTTP; `https://` is tried first in any case, and then exclusively. */
function withPastedScheme<
  T extends { host: { host: string; scheme?: 'https' | 'http' }; scheme: RegistryScheme },
>({ host, scheme, ...rest }: T) {
  return { ...rest, host: host.host, scheme: scheme === 'auto' ? (host.scheme ?? 'auto') : scheme };
}

export const newRegistryInput = fields
  .refine((input) => input.username !== '' || input.password === '', {
    path: ['username'],
    message: 'Enter the user name of this password.',
  })
  .refine((input) => input.username === '' || input.password !== '', {
    path: ['password'],
    message: 'Enter the password or access token of this user.',
  })
  .transform(withPastedScheme);
export type NewRegistryInput = z.output<typeof newRegistryInput>;

export const editRegistryInput = fields
  .extend({ id: registryId })
  .refine((input) => input.username !== '' || input.password === '', {
    path: ['username'],
    message: 'Enter the user name of this password.',
  })
  .transform(withPastedScheme);
export type EditRegistryInput = z.output<typeof editRegistryInput>;
