'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/** For a form: its first field with an error takes the focus, once React has drawn the errors of a new failure. */
export function useFocusFirstError(failure: object | null): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    if (failure) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);
  return form;
}
