import { clsx } from 'clsx';
import Link from 'next/link';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { Spinner } from './spinner';
import { Waited } from './waiting';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'small' | 'medium';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover',
  secondary: 'border-frame hover:border-edge border bg-raised',
  ghost: 'text-muted hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-danger-ink hover:bg-danger-hover',
};

// On touch screens every target is at least 40 px high.
const sizes: Record<ButtonSize, string> = {
  small: 'h-7 gap-1.5 px-2 text-sm pointer-coarse:h-10 pointer-coarse:px-3',
  medium: 'h-8.5 gap-2 px-3 text-base pointer-coarse:h-10',
};

export const buttonClasses = (variant: ButtonVariant, size: ButtonSize) =>
  clsx(
    'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors',
    'disabled:opacity-50 aria-disabled:opacity-50 [&>svg]:size-4 [&>svg]:shrink-0',
    variants[variant],
    sizes[size],
  );

interface Look {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Icon before the label. */
  icon?: ReactNode;
}

type ButtonProps = Look &
  ComponentProps<'button'> & {
    /** Shows progress, and after a while since when, and ignores clicks; the focus stays on the button. */
    pending?: boolean;
    /** Applies the style to the single child (a trigger of another component). */
    asChild?: boolean;
  };

/** `type` defaults to `button`, so that no form is submitted by accident. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  pending = false,
  asChild = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const classes = clsx(buttonClasses(variant, size), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
    >
      {pending ? <Spinner className="size-3.5" /> : icon}
      {children}
      {pending ? <Waited /> : null}
    </button>
  );
}

type LinkButtonProps = Look & Omit<ComponentProps<typeof Link>, 'size'>;

/** A link with the look of a button. */
export function LinkButton({
  variant = 'secondary',
  size = 'medium',
  icon,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <Link {...rest} className={clsx(buttonClasses(variant, size), className)}>
      {icon}
      {children}
    </Link>
  );
}
