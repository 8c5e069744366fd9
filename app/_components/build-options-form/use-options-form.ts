'use client';

import { useState } from 'react';
import type { BuildOptions } from '@/lib/projects/schema';
import { type OptionsForm, toForm } from './form-values';

/** The state of a form of build options: `check` gives the options, or null and shows what is wrong. */
export function useOptionsForm(options: BuildOptions) {
  const [initial, setInitial] = useState(() => toForm(options));
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  /** By all the rules of the options, which a page need not load before somebody has filled it in. */
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
    /** What is written now, where that is valid. */
    options: async (): Promise<BuildOptions | null> => {
      const parsed = await read();
      return parsed.ok ? parsed.options : null;
    },
    /** What a server found wrong, by the same paths. */
    setErrors,
    reset: () => {
      setForm(initial);
      setErrors({});
    },
    /** What is in the form now is what is stored. */
    settle: () => setInitial(form),
  };
}

export type OptionsFormState = ReturnType<typeof useOptionsForm>;
