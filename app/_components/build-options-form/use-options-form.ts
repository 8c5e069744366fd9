'use client';

import { useState } from 'react';
import { answered } from '@/app/_hooks/answered';
import type { ActionResult } from '@/lib/actions/result';
import type { BuildOptions } from '@/lib/projects/options/schema';
import { type OptionsForm, toForm } from './form-values';

/** The failure where errors are shown at their fields. */
export const someWrong = 'Some options are not valid; they are marked.';

/** The state of the build form. `check` returns the options, or a failure and shows the errors. */
export function useOptionsForm(options: BuildOptions) {
  const [initial, setInitial] = useState(() => toForm(options));
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  /** Validates by the full schema, which is loaded on first use. */
  const read = answered(async (): Promise<ActionResult<BuildOptions>> => {
    const parsed = (await import('./check-form')).fromForm(form);
    if (parsed.ok) return { ok: true, data: parsed.options };
    return { ok: false, code: 'invalid_input', message: someWrong, fields: parsed.errors };
  });
  return {
    form,
    errors,
    dirty: JSON.stringify(form) !== JSON.stringify(initial),
    set: (change: Partial<OptionsForm>) => setForm((before) => ({ ...before, ...change })),
    check: async (): Promise<ActionResult<BuildOptions>> => {
      const result = await read();
      setErrors(result.ok ? {} : (result.fields ?? {}));
      return result;
    },
    /** The current options, if valid. */
    options: async (): Promise<BuildOptions | null> => {
      const result = await read();
      return result.ok ? result.data : null;
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
