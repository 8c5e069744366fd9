'use client';

import { createContext, type ReactNode, useContext } from 'react';

export interface ToastContent {
  title: string;
  text?: ReactNode;
  /** Failures stay until dismissed; others disappear after a while. */
  tone?: 'info' | 'success' | 'failure';
  /** `{ label: 'Open build', href: '/builds/…' }`. */
  action?: { label: string; href: string };
  /** Repeats what failed. */
  again?: () => void;
}

export const ToastContext = createContext<((toast: ToastContent) => void) | null>(null);

/** `const toast = useToast(); toast({ title: 'Tag added' })`. For results; errors belong next to their cause. */
export function useToast(): (toast: ToastContent) => void {
  const show = useContext(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider above it');
  return show;
}
