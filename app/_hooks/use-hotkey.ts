'use client';

import { useEffect, useRef } from 'react';

/** `/`, `?`, `mod+k` (⌘ on Apple's machines, Ctrl elsewhere), `Escape`. */
export type Hotkey = string;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function matches(event: KeyboardEvent, hotkey: Hotkey): boolean {
  const parts = hotkey.split('+');
  const key = parts.pop() ?? '';
  const mod = parts.includes('mod');
  if (event.key.toLowerCase() !== key.toLowerCase() || event.altKey) return false;
  // Shift is not asked: on some keyboards it is needed for the character itself.
  return mod === (event.metaKey || event.ctrlKey);
}

/**
 * Runs while the component is there. A key without `mod` does nothing while somebody types or a modal dialog is open;
 * `null` switches it off.
 */
export function useHotkey(hotkey: Hotkey | null, run: (event: KeyboardEvent) => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!hotkey) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !matches(event, hotkey)) return;
      if (!hotkey.startsWith('mod+') && isTyping(event.target)) return;
      if (document.querySelector('dialog:modal')) return;
      event.preventDefault();
      latest.current(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [hotkey]);
}
