'use client';

import { useState } from 'react';
import type { BuildOptions } from '@/lib/projects/options/schema';
import { type OptionsForm, toForm } from './form-values';

/** The state of the build form. `check` returns the options, or null and shows the errors. */
export function useOptionsForm(options: BuildOptions) {
  const [initial, setInitial] = useState(() => toForm(options));
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  /** Validates by the full schema, which is loaded on first use. */
  const read = async () => (await import('./check-form')).fromForm(form);
  return {
    form,
    errors,
    dirty: JSON.stringify(form) !== JSON.stringify(initial),
    set: (change: Partial<OptionsForm>) => setForm((before) => ({ ...before, ...change })),
    check: async (): Promise<BuildOptions | null> => {
      const parsed = await read();
      setErrors(parsed.ok ? {} : parsed.errors);
      return parsed.ok ? parsed.options : null;
    },
    /** The current options, if valid. */
    options: async (): Promise<BuildOptions | null> => {
      const parsed = await read();
      return parsed.ok ? parsed.options : null;
    },
    /** Errors from the server, by the same paths. */
    setErrors,
    reset: () => {
      setForm(initial);
      setErrors({});
    },
    /** Marks the current values as stored. */
    settle: () => setInitial(form),
  };
}

export type OptionsFormState = ReturnType<typeof useOptionsForm>;
