'use client';

import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Spinner } from './spinner';
import { Tooltip } from './tooltip';

const classes =
  'text-muted hover:bg-hover hover:text-ink inline-flex size-7 shrink-0 items-center justify-center rounded-md transition-colors ' +
  'disabled:opacity-50 aria-disabled:opacity-50 aria-pressed:bg-hover aria-pressed:text-ink pointer-coarse:size-10 [&>svg]:size-4';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** The accessible name and the tooltip. */
  label: string;
  icon: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  pending?: boolean;
  /** Uses the `title` attribute, for lists: our tooltip costs two components per row. */
  plain?: boolean;
}

export function IconButton({
  label,
  icon,
  side,
  pending,
  plain,
  className,
  onClick,
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      type="button"
      aria-label={label}
      title={plain ? label : undefined}
      {...rest}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={clsx(classes, className)}
    >
      {pending ? <Spinner className="size-4" /> : icon}
    </button>
  );
  if (plain) return button;
  return (
    <Tooltip text={label} side={side} describes={false}>
      {button}
    </Tooltip>
  );
}
