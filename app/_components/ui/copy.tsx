'use client';

import { clsx } from 'clsx';
import { Check, Copy, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCopy, type CopyState } from '@/app/_hooks/use-copy';
import { Button, type ButtonSize, type ButtonVariant } from './button';
import { IconButton } from './icon-button';

const icons: Record<CopyState, ReactNode> = {
  idle: <Copy aria-hidden />,
  copied: <Check aria-hidden />,
  failed: <X aria-hidden />,
};

const words: Record<CopyState, string> = { idle: '', copied: 'Copied', failed: 'Copy failed' };

function Announced({ state }: { state: CopyState }) {
  return (
    <span role="status" className="sr-only">
      {words[state]}
    </span>
  );
}

/** Copies a text. Without children it is an icon; `label` says what is copied. */
export function CopyButton({
  text,
  label = 'Copy',
  variant,
  size,
  children,
}: {
  text: string | (() => string);
  label?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  children?: ReactNode;
}) {
  const { state, copy } = useCopy();
  const run = () => copy(typeof text === 'function' ? text() : text);
  if (!children) {
    return (
      <>
        <IconButton label={words[state] || label} icon={icons[state]} onClick={run} />
        <Announced state={state} />
      </>
    );
  }
  return (
    <>
      <Button variant={variant} size={size} icon={icons[state]} onClick={run}>
        {children}
      </Button>
      <Announced state={state} />
    </>
  );
}

/** Monospace text that is copied on click; `shown` may be shorter than the copied text. */
export function CopyText({
  text,
  shown = text,
  label = 'Copy',
  className,
}: {
  text: string;
  shown?: ReactNode;
  label?: string;
  className?: string;
}) {
  const { state, copy } = useCopy();
  return (
    <>
      <button
        type="button"
        title={state === 'idle' ? `${text}\n(click to copy)` : words[state]}
        aria-label={`${label} ${text}`}
        onClick={() => copy(text)}
        className={clsx(
          'group/copy -mx-1 inline-flex max-w-full min-w-0 items-center gap-1 rounded-sm px-1 text-left align-baseline font-mono text-[0.93em] hover:bg-hover',
          className,
        )}
      >
        <span className="truncate">{shown}</span>
        <span
          aria-hidden
          className={clsx(
            '-mr-4 w-3 shrink-0 text-muted transition-opacity [&>svg]:size-3',
            state === 'idle'
              ? 'opacity-0 group-hover/copy:opacity-100 group-focus-visible/copy:opacity-100'
              : 'opacity-100',
          )}
        >
          {icons[state]}
        </span>
      </button>
      <Announced state={state} />
    </>
  );
}
