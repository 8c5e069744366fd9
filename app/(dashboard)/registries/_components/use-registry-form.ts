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

/** What the form holds, and what follows from it while one types. */
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
    /** A stored password is there, and stays with what it was given for. */
    keepsPassword: registry?.hasPassword === true && !moved && !otherUser && values.username !== '',
    asksAgain: registry?.hasPassword === true && (moved || otherUser) && values.username !== '',
  };
}
