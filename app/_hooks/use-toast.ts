'use client';

import { createContext, type ReactNode, useContext } from 'react';

export interface ToastContent {
  title: string;
  text?: ReactNode;
  /** Failures stay until they are put away; the others go by themselves. */
  tone?: 'info' | 'success' | 'failure';
  /** Where to look: `{ label: 'Open build', href: '/builds/…' }`. */
  action?: { label: string; href: string };
}

export const ToastContext = createContext<((toast: ToastContent) => void) | null>(null);

/** `const toast = useToast(); toast({ title: 'Tag added' })`. For what was done; what went wrong belongs beside the cause. */
export function useToast(): (toast: ToastContent) => void {
  const show = useContext(ToastContext);
  if (!show) throw new Error('useToast stands outside of ToastProvider');
  return show;
}
