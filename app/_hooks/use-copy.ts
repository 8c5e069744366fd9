'use client';

import { useEffect, useState } from 'react';

/** The clipboard needs a secure page; over plain http to another machine the old way still works. */
async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: fall through to the old way.
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'sr-only';
  // Inside an open dialog everything else is inert, and cannot be selected.
  (document.activeElement?.closest('dialog') ?? document.body).append(area);
  const before = document.activeElement;
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

export type CopyState = 'idle' | 'copied' | 'failed';

/** `copy(text)`, also of a text that is still to come; the state goes back to idle after two seconds. */
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
