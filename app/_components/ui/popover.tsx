'use client';

import { Popover as Primitive } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { usePortalContainer } from './portal';

/** A small panel beside its trigger, for what is more than words and less than a dialog. */
export function Popover({
  trigger,
  label,
  align = 'start',
  children,
}: {
  trigger: ReactElement;
  /** Its name for screen readers. */
  label: string;
  align?: 'start' | 'center' | 'end';
  children: ReactNode;
}) {
  const container = usePortalContainer();
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 max-h-[var(--radix-popover-content-available-height)] w-88 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line bg-raised p-3 shadow-raised"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
