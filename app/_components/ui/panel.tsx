import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

interface PanelProps {
  title?: ReactNode;
  /** Secondary text after the title. */
  meta?: ReactNode;
  actions?: ReactNode;
  /** `flush` for tables and lists, which have their own padding. */
  padding?: 'normal' | 'flush';
  /** Heading level of the title; default 2. */
  level?: 2 | 3;
  className?: string;
  children?: ReactNode;
}

/** A section of a page: a rule, a title and content, without a box. */
export function Panel({
  title,
  meta,
  actions,
  padding = 'normal',
  level = 2,
  className,
  children,
}: PanelProps) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={clsx('min-w-0 border-t-[1.5px] border-rule', className)}
    >
      {title || actions ? (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
          <Heading id={id} className="font-semibold">
            {title}
          </Heading>
          {meta ? <div className="min-w-0 flex-1 basis-32 text-sm text-muted">{meta}</div> : null}
          {actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      <div className={padding === 'normal' ? 'pt-1 pb-4 first:pt-4' : undefined}>{children}</div>
    </section>
  );
}
