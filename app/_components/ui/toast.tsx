'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { ToastContext, type ToastContent } from '@/app/_hooks/use-toast';
import { Button } from './button';
import { IconButton } from './icon-button';
import { StatusIcon } from './status-mark';

type Shown = ToastContent & { id: number };

// Long enough to read two lines. WCAG 2.2.1: toasts hold nothing that is not available elsewhere.
const lifetimeMs = 7000;
let lastId = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Shown[]>([]);
  const show = useCallback((toast: ToastContent) => {
    lastId += 1;
    const shown = { ...toast, id: lastId };
    setToasts((before) => [...before.slice(-3), shown]);
  }, []);
  const drop = useCallback(
    (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id)),
    [],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed right-0 bottom-0 z-50 flex w-full flex-col items-end gap-2 p-4 max-md:top-12 max-md:bottom-auto"
      >
        {toasts.map((toast) => (
          <Toast key={toast.id} toast={toast} onDrop={drop} />
        ))}
      </div>
    </ToastContext>
  );
}

function Toast({ toast, onDrop }: { toast: Shown; onDrop: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  const stays = held || toast.tone === 'failure';
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => onDrop(toast.id), lifetimeMs);
    return () => clearTimeout(timer);
  }, [stays, toast.id, onDrop]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex w-full max-w-96 items-start gap-2.5 rounded-lg border border-line bg-raised py-2.5 pr-2 pl-3 shadow-raised"
    >
      {toast.tone === 'success' ? <StatusIcon status="succeeded" className="mt-0.5 size-4" /> : null}
      {toast.tone === 'failure' ? <StatusIcon status="failed" className="mt-0.5 size-4" /> : null}
      <div className="min-w-0 flex-1 break-words">
        <p className="font-medium">{toast.title}</p>
        {toast.text ? <div className="text-sm text-muted">{toast.text}</div> : null}
        {toast.action ? (
          <Link href={toast.action.href} className="link text-sm">
            {toast.action.label}
          </Link>
        ) : null}
        {toast.again ? (
          <Button
            size="small"
            className="mt-1.5"
            onClick={() => {
              onDrop(toast.id);
              toast.again?.();
            }}
          >
            Try again
          </Button>
        ) : null}
      </div>
      <IconButton label="Dismiss" icon={<X />} onClick={() => onDrop(toast.id)} className="-my-0.5" />
    </div>
  );
}
