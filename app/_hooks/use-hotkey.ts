'use client';

import { useEffect, useRef } from 'react';
import { readBrowserSetting } from './browser-setting';

/** `/`, `?`, `mod+k` (⌘ on macOS, Ctrl elsewhere), `Escape`. */
type Hotkey = string;

/** In a menu, letters select entries by their first letter. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role=menu], [role=listbox]') !== null);

function matches(event: KeyboardEvent, hotkey: Hotkey): boolean {
  const parts = hotkey.split('+');
  const key = parts.pop() ?? '';
  const mod = parts.includes('mod');
  if (event.key.toLowerCase() !== key.toLowerCase() || event.altKey) return false;
  // Shift is ignored: some keyboards need it for the character.
  return mod === (event.metaKey || event.ctrlKey);
}

/** Whether to ignore keys without a modifier: the user types, a dialog is open, or they are disabled. */
export const isTakenKey = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.isComposing ||
  isTyping(event.target) ||
  document.querySelector('dialog:modal') !== null ||
  !readBrowserSetting('single-keys', true);

/**
 * Active while mounted. Never runs while a modal dialog is open; a key without `mod` not while the user types, or if
 * single-key shortcuts are disabled (WCAG 2.1.4). `null` disables it.
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
      if (!hotkey.includes('+') && isTakenKey(event)) return;
      if (document.querySelector('dialog:modal')) return;
      event.preventDefault();
      latest.current(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [hotkey]);
}
