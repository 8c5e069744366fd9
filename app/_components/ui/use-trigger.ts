'use client';

import { useRef, useState } from 'react';

/** A button that opens something that the browser closes by itself when one presses elsewhere: on the button, too. */
export function useTrigger(onOpenChange?: (open: boolean) => void) {
  const [open, setOpenOnly] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const setOpen = (next: boolean) => {
    setOpenOnly(next);
    if (next !== open) onOpenChange?.(next);
  };
  const close = () => {
    // Where the focus was in what closes, it goes back; where it went elsewhere, it stays.
    if (!document.activeElement || document.activeElement.closest('[popover]')) ref.current?.focus();
    setOpen(false);
  };
  return {
    open,
    setOpen,
    close,
    trigger: {
      ref,
      'aria-expanded': open,
      onPointerDown: () => {
        wasOpen.current = open;
      },
      onClick: () => {
        setOpen(!wasOpen.current && !open);
        wasOpen.current = false;
      },
    },
  };
}
