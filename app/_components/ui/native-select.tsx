import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';

/** The native select element: works with every keyboard, screen reader and phone. Options are its children. */
export function NativeSelect({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={clsx('relative inline-grid min-w-0', className ?? 'w-full')}>
      <select {...rest} className="field-control h-8.5 appearance-none truncate pr-8 pointer-coarse:h-10">
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto size-4 text-muted"
      />
    </span>
  );
}
