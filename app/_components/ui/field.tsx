import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

/** Spread it on the control, to associate label, hint and error. */
interface ControlProps {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  required?: boolean;
}

export interface FieldProps {
  label: ReactNode;
  /** Instruction, shown while there is no error. */
  hint?: ReactNode;
  error?: string;
  required?: boolean;
  /** Text beside the label of an optional field. */
  optional?: boolean;
  /** Shown at the end of the label's line. */
  aside?: ReactNode;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** `<Field label="Name">{(control) => <Input {...control} name="name" />}</Field>` */
export function Field({ label, hint, error, required, optional, aside, className, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined;
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="font-medium">
          {label}
          {optional ? <span className="font-normal text-faint"> (optional)</span> : null}
        </label>
        {aside}
      </div>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined, required })}
      {error ? (
        <p id={errorId} className="flex gap-1.5 text-sm text-failed-ink">
          <span aria-hidden>✕</span>
          <span>
            <span className="sr-only">Error: </span>
            {error}
          </span>
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** A group of controls with a common label. */
export function FieldGroup({
  legend,
  hint,
  children,
}: {
  legend: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-describedby={hint ? id : undefined}>
      <legend className="mb-1 font-medium">{legend}</legend>
      {hint ? (
        <p id={id} className="-mt-1 text-sm text-muted">
          {hint}
        </p>
      ) : null}
      {children}
    </fieldset>
  );
}
