'use client';

import { useEffect, useState } from 'react';

/** The clipboard API needs a secure context; without one, `execCommand` still works. */
async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: use the fallback.
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'sr-only';
  // While a dialog is open, everything outside is inert and cannot be selected.
  (document.activeElement?.closest('dialog') ?? document.body).append(area);
  const before = document.activeElement;
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

export type CopyState = 'idle' | 'copied' | 'failed';

/** `copy(text)` also takes a promise; the state returns to idle after two seconds. */
export function useCopy(): { state: CopyState; copy: (text: string | Promise<string>) => void } {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (text: string | Promise<string>) => {
    const copied = Promise.resolve(text).then(copyText);
    copied.then(
      (done) => setState(done ? 'copied' : 'failed'),
      () => setState('failed'),
    );
  };
  return { state, copy };
}
