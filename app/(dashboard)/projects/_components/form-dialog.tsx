'use client';

import { type FormEvent, type ReactNode, useId, useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState } from '@/app/_components/ui/error-state';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import type { ActionFailure, ActionResult } from '@/lib/actions/result';

/** A dialog with a form that calls one action: shows errors at their fields, closes on success. */
export function FormDialog<Data>({
  title,
  description,
  submitLabel,
  onSubmit,
  onDone,
  onClose,
  children,
}: {
  title: string;
  description?: ReactNode;
  submitLabel: string;
  onSubmit: () => Promise<ActionResult<Data>>;
  onDone?: (data: Data) => void;
  onClose: () => void;
  children: (errors: Record<string, string>) => ReactNode;
}) {
  const id = useId();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const element = useFocusFirstError(failure);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await onSubmit();
      if (!result.ok) return setFailure(result);
      onDone?.(result.data);
      onClose();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={description}
      size="small"
      locked={pending}
      footer={
        <>
          <Button disabled={pending} onClick={onClose}>
            Cancel
          </Button>
          <Button form={id} type="submit" variant="primary" pending={pending}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form ref={element} id={id} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {failure && !Object.keys(failure.fields ?? {}).length ? <ErrorState error={failure} /> : null}
        {children(failure?.fields ?? {})}
      </form>
    </Dialog>
  );
}
