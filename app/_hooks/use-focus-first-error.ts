'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Focuses the first field with an error after a failed submit, once React has rendered the errors. */
export function useFocusFirstError(failure: object | null): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    if (failure) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);
  return form;
}
