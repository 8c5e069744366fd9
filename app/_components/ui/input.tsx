import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** `mono` for names, references, paths and commands; disables spell check and auto-capitalization. */
interface Mono {
  mono?: boolean;
}

const plainText = { spellCheck: false, autoCapitalize: 'none', autoCorrect: 'off' } as const;

export function Input({ mono, className, ...rest }: ComponentProps<'input'> & Mono) {
  return (
    <input
      {...(mono ? plainText : undefined)}
      {...rest}
      className={clsx('field-control h-8.5 pointer-coarse:h-10', mono && 'font-mono', className)}
    />
  );
}

export function Textarea({ mono, className, rows = 4, ...rest }: ComponentProps<'textarea'> & Mono) {
  return (
    <textarea
      {...(mono ? plainText : undefined)}
      rows={rows}
      {...rest}
      className={clsx('field-control', mono && 'font-mono text-sm', className)}
    />
  );
}
