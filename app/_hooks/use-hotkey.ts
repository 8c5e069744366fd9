'use client';

import { useEffect, useRef } from 'react';
import { readBrowserSetting } from './browser-setting';

/** `/`, `?`, `mod+k` (⌘ on Apple's machines, Ctrl elsewhere), `Escape`. */
export type Hotkey = string;

/** In a menu a letter chooses the entry that begins with it. */
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
  // Shift is not asked: on some keyboards it is needed for the character itself.
  return mod === (event.metaKey || event.ctrlKey);
}

/** Whether a key without a modifier is not for us: somebody types, a dialog is open, or such keys are switched off. */
export const isTakenKey = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.isComposing ||
  isTyping(event.target) ||
  document.querySelector('dialog:modal') !== null ||
  !readBrowserSetting('single-keys', true);

/**
 * Runs while the component is there. Nothing runs while a modal dialog is open, and a key without `mod` not while
 * somebody types, or where such keys are switched off (WCAG 2.1.4); `null` switches it off.
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
