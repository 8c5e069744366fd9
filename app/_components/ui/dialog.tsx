'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { IconButton } from './icon-button';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the primary one last; always visible while the content scrolls. */
  footer?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  /** Escape, the close button and the backdrop are disabled while this is set. */
  locked?: boolean;
  children?: ReactNode;
}

const widths = { small: 'sm:w-110', medium: 'sm:w-140', large: 'sm:w-220' };

/** Initial focus; default: the first button of the footer, which should be the harmless one. */
const firstFocus =
  '[data-autofocus], [data-body] :is(input:not([type=hidden]), textarea, select):not(:disabled)';

/** A modal dialog based on the native element: top layer, inert page, focus trapped and restored. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, locked = false, size = 'medium' } = props;
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const id = useId();

  useEffect(() => {
    if (!element || !open) return;
    const before = document.activeElement;
    element.showModal();
    (
      element.querySelector<HTMLElement>(firstFocus) ??
      element.querySelector<HTMLElement>('[data-footer] button')
    )?.focus();
    return () => {
      element.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [element, open]);

  return (
    <dialog
      ref={setElement}
      aria-labelledby={`${id}-title`}
      aria-describedby={props.description ? `${id}-description` : undefined}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        if (!locked) onOpenChange(false);
      }}
      onKeyDown={(event) => {
        // Handled before the browser does, which closes on a second Escape in any case.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        if (!locked) onOpenChange(false);
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget && !locked) onOpenChange(false);
      }}
      className={clsx(
        'dialog m-auto max-h-none max-w-none bg-transparent p-0 text-left font-normal whitespace-normal text-ink max-sm:mb-0 max-sm:w-full',
        widths[size],
      )}
    >
      {open ? (
        <div className="flex max-h-[calc(100dvh-3rem)] flex-col rounded-lg border border-line bg-raised shadow-raised max-sm:rounded-b-none">
          <div className="flex items-start gap-3 px-4 pt-3.5 pb-1">
            <div className="min-w-0 flex-1">
              <h2 id={`${id}-title`} className="text-lg font-semibold">
                {props.title}
              </h2>
              {props.description ? (
                <p id={`${id}-description`} className="mt-0.5 text-muted">
                  {props.description}
                </p>
              ) : null}
            </div>
            <IconButton
              label="Close"
              icon={<X />}
              disabled={locked}
              onClick={() => onOpenChange(false)}
              className="-mt-0.5 -mr-1"
            />
          </div>
          <div data-body className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
            {props.children}
          </div>
          {props.footer ? (
            <div
              data-footer
              className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3"
            >
              {props.footer}
            </div>
          ) : null}
        </div>
      ) : null}
    </dialog>
  );
}
