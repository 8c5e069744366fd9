'use client';

import { useRef, useState } from 'react';

/** State of a button for a popover that the browser closes on an outside click, the button included. */
export function useTrigger(onOpenChange?: (open: boolean) => void) {
  const [open, setOpenOnly] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const setOpen = (next: boolean) => {
    setOpenOnly(next);
    if (next !== open) onOpenChange?.(next);
  };
  const close = () => {
    // Focus inside the closing popover returns to the trigger; focus elsewhere stays.
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
