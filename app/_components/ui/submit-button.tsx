'use client';

import type { ComponentProps } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from './button';

/** Submits the surrounding form and shows that it is pending. */
export function SubmitButton({ variant = 'primary', pending, ...rest }: ComponentProps<typeof Button>) {
  const status = useFormStatus();
  return <Button {...rest} type="submit" variant={variant} pending={pending ?? status.pending} />;
}
