'use client';

import { clsx } from 'clsx';
import { Slot } from 'radix-ui';
import { type ComponentProps, type KeyboardEvent, type ReactElement, type ReactNode, useId } from 'react';
import { RaisedPanel } from './beside';
import type { Align } from './place';
import { useTrigger } from './use-trigger';

interface PopoverProps {
  trigger: ReactElement<ComponentProps<'button'>>;
  /** Accessible name. */
  label: string;
  align?: Align;
  className?: string;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

const begin = (panel: HTMLDivElement | null) => panel?.focus();

/** A small panel beside its trigger, for content between a tooltip and a dialog. */
export function Popover({
  trigger,
  label,
  align = 'start',
  className = 'w-88 p-3',
  onOpenChange,
  children,
}: PopoverProps) {
  const id = useId();
  const { open, close, trigger: opener } = useTrigger(onOpenChange);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Events must not reach enclosing elements, such as a dialog.
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <>
      <Slot.Root {...opener} aria-haspopup="dialog" aria-controls={open ? id : undefined}>
        {trigger}
      </Slot.Root>
      {open ? (
        <RaisedPanel
          anchor={opener.ref}
          side="bottom"
          align={align}
          onClose={close}
          className="max-w-[calc(100vw-1rem)]"
        >
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it */}
          <div
            ref={begin}
            id={id}
            role="dialog"
            aria-label={label}
            tabIndex={-1}
            onKeyDown={onKeyDown}
            className={clsx('outline-none', className)}
          >
            {children}
          </div>
        </RaisedPanel>
      ) : null}
    </>
  );
}
