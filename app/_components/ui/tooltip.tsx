'use client';

import { cloneElement, type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Beside } from './beside';
import type { Side } from './place';

interface TooltipProps {
  text: ReactNode;
  /** A focusable element: a tooltip that only the mouse can reach is not accessible. */
  children: ReactElement<{ 'aria-describedby'?: string }>;
  side?: Side;
  /** False if the text is the element's accessible name already. */
  describes?: boolean;
}

/** Hover time in ms before it shows; none if another was shown just before. */
const hoverMs = 500;
const recentMs = 200;
let hiddenAt = 0;

/** Additional text on hover and focus. */
export function Tooltip({ text, children, side = 'top', describes = true }: TooltipProps) {
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shown, setShown] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  const show = (delayMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(true), delayMs);
  };
  const hide = () => {
    clearTimeout(timer.current);
    if (shown) hiddenAt = Date.now();
    setShown(false);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- listens to the wrapped element
    <span
      ref={anchor}
      className="contents"
      onPointerEnter={(event) => {
        if (event.pointerType !== 'touch') show(Date.now() - hiddenAt < recentMs ? 0 : hoverMs);
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) show(0);
      }}
      onBlur={hide}
      onKeyDown={(event) => {
        if (event.key === 'Escape') hide();
      }}
    >
      {describes && shown ? cloneElement(children, { 'aria-describedby': id }) : children}
      {shown ? (
        <Beside
          anchor={anchor}
          kind="manual"
          side={side}
          align="center"
          gap={5}
          id={id}
          role="tooltip"
          aria-hidden={!describes || undefined}
          className="pointer-events-none max-w-80 rounded-md bg-accent px-2 py-1 text-sm font-normal break-words whitespace-normal text-accent-ink"
        >
          {text}
        </Beside>
      ) : null}
    </span>
  );
}
