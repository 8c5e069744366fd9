import { clsx } from 'clsx';

/** A turning arc; `label` is for screen readers, omitted if visible text is beside it. */
export function Spinner({ label, className = 'size-4' }: { label?: string; className?: string }) {
  return (
    <span role={label ? 'status' : undefined} className="inline-flex shrink-0">
      <svg viewBox="0 0 16 16" fill="none" aria-hidden className={clsx('animate-turn', className)}>
        <circle cx="8" cy="8" r="6" stroke="currentColor" strokeOpacity=".22" strokeWidth="2" />
        <path d="M14 8a6 6 0 0 0-6-6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      {label ? <span className="sr-only">{label}</span> : null}
    </span>
  );
}
