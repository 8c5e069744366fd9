'use client';

import { useState } from 'react';
import { parseReference, registryHost } from '@/lib/references/reference';
import type { PushOptions, PushRegistry, PushTarget } from '@/lib/images/schema';
import type { RegistryId } from '@/lib/ids';

/** Value for a registry that is not stored. */
export const elsewhere = '';

interface PushFormValues {
  registryId: RegistryId;
  repository: string;
  tag: string;
  /** Full reference, for a registry that is not stored. */
  reference: string;
}

const inNamespace = (registry: PushRegistry | undefined, name: string) =>
  registry?.namespace && name ? `${registry.namespace}/${name}` : name;

/** The registry of the last push, otherwise one that works, otherwise the first. */
function firstChoice({ registries, recent }: PushOptions): PushRegistry | undefined {
  const last = recent[0] === undefined ? null : parseReference(recent[0]);
  const host = last?.ok ? registryHost(last.reference) : null;
  return (
    registries.find((registry) => registry.host === host) ??
    registries.find(({ local, status }) => !local && status === 'ok') ??
    registries[0]
  );
}

function startValues(options: PushOptions): PushFormValues {
  const registry = firstChoice(options);
  return {
    registryId: registry?.id ?? elsewhere,
    repository: inNamespace(registry, options.name),
    tag: options.tag,
    reference: registry ? '' : (options.recent[0] ?? ''),
  };
}

/** The fields of the push dialog, and the resulting reference. */
export function usePushForm(options: PushOptions) {
  const [values, setValues] = useState(() => startValues(options));
  const set = (change: Partial<PushFormValues>) => setValues((before) => ({ ...before, ...change }));
  const registry = options.registries.find(({ id }) => id === values.registryId);
  const { repository, tag } = values;
  const text = registry
    ? `${registry.host}/${repository.trim()}:${tag.trim() || 'latest'}`
    : values.reference.trim();
  const parsed = parseReference(text);
  const target: PushTarget = registry ? { registryId: registry.id, repository, tag } : { reference: text };
  return {
    values,
    set,
    registry,
    parsed,
    target,
    /** An empty form has no errors yet. */
    untouched: registry ? repository === '' : values.reference === '',
    choose: (id: string) => {
      const next = options.registries.find((other) => other.id === id);
      const guessed = repository === inNamespace(registry, options.name);
      set({
        registryId: id,
        ...(guessed && { repository: inNamespace(next, options.name) }),
      });
    },
  };
}
