'use client';

import { clsx } from 'clsx';
import { type ComponentProps, type RefObject, useLayoutEffect, useRef } from 'react';
import { place, type Placement } from './place';

interface BesideProps extends Placement, Omit<ComponentProps<'div'>, 'popover' | 'ref'> {
  anchor: RefObject<Element | null>;
  /** `auto`: the browser closes it on Escape and on an outside click; `manual`: only our code closes it. */
  kind: 'auto' | 'manual';
  /** The browser closed it. */
  onClose?: () => void;
}

/**
 * A box in the browser's top layer beside its anchor. It stays at its place in the document, so that it belongs to an
 * enclosing dialog.
 */
export function Beside({ anchor, kind, side, align, gap, onClose, className, ...rest }: BesideProps) {
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.showPopover();
    const arrange = () => {
      // A wrapper with `display: contents` has no box: use the box of its child.
      const beside = anchor.current?.matches('.contents') ? anchor.current.firstElementChild : anchor.current;
      if (!beside) return;
      const { clientWidth: width, clientHeight: height } = document.documentElement;
      const { left, top } = place(
        beside.getBoundingClientRect(),
        element.getBoundingClientRect(),
        { width, height },
        { side, align, gap },
      );
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
    };
    arrange();
    const sizes = new ResizeObserver(arrange);
    sizes.observe(element);
    window.addEventListener('resize', arrange);
    document.addEventListener('scroll', arrange, { capture: true, passive: true });
    return () => {
      sizes.disconnect();
      window.removeEventListener('resize', arrange);
      document.removeEventListener('scroll', arrange, { capture: true });
    };
  }, [anchor, side, align, gap]);

  return (
    <div
      {...rest}
      ref={box}
      popover={kind}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose?.();
      }}
      className={clsx('fixed inset-auto m-0', className)}
    />
  );
}

/** A panel beside its trigger; the browser closes it on Escape and on an outside click. */
export function RaisedPanel({ className, ...rest }: Omit<BesideProps, 'kind' | 'gap'>) {
  return (
    <Beside
      {...rest}
      kind="auto"
      gap={4}
      className={clsx(
        'max-h-[calc(100dvh-1rem)] overflow-y-auto rounded-lg border border-line bg-raised text-ink shadow-raised',
        className,
      )}
    />
  );
}
