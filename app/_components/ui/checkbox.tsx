import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';

interface Labelled {
  label: ReactNode;
  hint?: ReactNode;
  /** Label for screen readers only, for example in a table row. */
  labelHidden?: boolean;
}

type CheckboxProps = Labelled & Omit<ComponentProps<'input'>, 'type'>;

const box =
  'peer border-edge bg-sunken checked:border-accent checked:bg-accent disabled:opacity-50 appearance-none border transition-colors';

export function Checkbox({ label, hint, labelHidden, className, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <label className={clsx('flex items-start gap-2 pointer-coarse:py-1.5', className)}>
      <span className="relative mt-[0.15rem] inline-flex size-4 shrink-0 pointer-coarse:size-5">
        <input
          type="checkbox"
          aria-describedby={hint ? id : undefined}
          {...rest}
          className={clsx(box, 'size-full rounded-sm')}
        />
        <Check
          aria-hidden
          strokeWidth={3.5}
          className="pointer-events-none absolute inset-0 m-auto size-3 text-accent-ink opacity-0 peer-checked:opacity-100"
        />
      </span>
      <Words label={label} hint={hint} hidden={labelHidden} id={id} />
    </label>
  );
}

/** A switch that takes effect immediately; in a form, use the checkbox. */
export function Switch({ label, hint, labelHidden, className, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <label className={clsx('flex items-start gap-2.5 pointer-coarse:py-1.5', className)}>
      <span className="relative mt-px inline-flex h-4.5 w-8 shrink-0">
        <input
          // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- `checked` sets it, without script too
          role="switch"
          type="checkbox"
          aria-describedby={hint ? id : undefined}
          {...rest}
          className={clsx(box, 'size-full rounded-full')}
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-[3px] left-[3px] size-3 rounded-full bg-edge transition-transform peer-checked:translate-x-3.5 peer-checked:bg-accent-ink"
        />
      </span>
      <Words label={label} hint={hint} hidden={labelHidden} id={id} />
    </label>
  );
}

function Words({
  label,
  hint,
  hidden,
  id,
}: {
  label: ReactNode;
  hint?: ReactNode;
  hidden?: boolean;
  id: string;
}) {
  return (
    <span className={clsx('min-w-0', hidden && 'sr-only')}>
      {label}
      {hint ? (
        <span id={id} className="block text-sm text-muted">
          {hint}
        </span>
      ) : null}
    </span>
  );
}
