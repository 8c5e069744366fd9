'use client';

import { useState } from 'react';
import { parseHost } from '@/lib/references/host';
import type { Registry } from '@/lib/registries/schema';
import type { RegistryScheme } from '@/lib/registry/choices';

interface FormValues {
  name: string;
  host: string;
  scheme: RegistryScheme;
  username: string;
  password: string;
}

/** The form's values and what follows from them while typing. */
export function useRegistryForm(registry: Registry | undefined) {
  const [values, setValues] = useState<FormValues>({
    name: registry?.name ?? '',
    host: registry?.host ?? '',
    scheme: registry?.scheme ?? 'auto',
    username: registry?.username ?? '',
    password: '',
  });
  const parsed = parseHost(values.host);
  const moved =
    registry !== undefined &&
    ((parsed.ok && parsed.host !== registry.host) || values.scheme !== registry.scheme);
  const otherUser = registry !== undefined && values.username.trim() !== (registry.username ?? '');
  return {
    values,
    set: (change: Partial<FormValues>) => setValues((before) => ({ ...before, ...change })),
    parsed,
    /** The stored password stays valid: host, protocol and user are unchanged. */
    keepsPassword: registry?.hasPassword === true && !moved && !otherUser && values.username !== '',
    asksAgain: registry?.hasPassword === true && (moved || otherUser) && values.username !== '',
  };
}
