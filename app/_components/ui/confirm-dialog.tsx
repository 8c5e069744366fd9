'use client';

import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { ErrorState, type ShownError } from './error-state';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A question: `Delete project “httpd”?` */
  title: ReactNode;
  /** What is removed, what is kept, and how much space is freed. */
  children: ReactNode;
  /** The verb: `Delete project`. */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'danger' | 'primary';
  /** The action: closes on success; shows the error and stays open otherwise. */
  onConfirm: () => Promise<{ ok: true } | ({ ok: false } & ShownError) | void>;
}

const isRedirect = (thrown: unknown) =>
  thrown instanceof Error && 'digest' in thrown && String(thrown.digest).startsWith('NEXT_REDIRECT');

export function ConfirmDialog(props: ConfirmDialogProps) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ShownError | null>(null);

  const change = (open: boolean) => {
    setError(null);
    props.onOpenChange(open);
  };
  const confirm = async () => {
    setPending(true);
    setError(null);
    try {
      const result = await props.onConfirm();
      if (result && !result.ok) setError(result);
      else change(false);
    } catch (thrown) {
      // An action that redirects rejects with the redirect, which the router already follows.
      if (!isRedirect(thrown)) throw thrown;
      change(false);
    } finally {
      setPending(false);
    }
  };

  return (
    <Dialog
      open={props.open}
      onOpenChange={change}
      title={props.title}
      size="small"
      locked={pending}
      footer={
        <>
          <Button disabled={pending} onClick={() => change(false)}>
            {props.cancelLabel ?? 'Cancel'}
          </Button>
          <Button variant={props.tone ?? 'danger'} pending={pending} onClick={() => void confirm()}>
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {props.children}
        {error ? <ErrorState error={error} /> : null}
      </div>
    </Dialog>
  );
}
