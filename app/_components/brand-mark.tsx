/** The logo: layers with an offset. */
export function BrandMark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" fill="currentColor" className={className}>
      <path d="M2 3h10.9l-1.28 3.2H2zM2 8.4h8.74L8.82 13.2H2zM2 15.4h5.94L5.7 21H2zM15.38 4.8H22V8h-7.9zM13.22 10.2H22V15H11.3zM10.42 17.2H22V21H8.9z" />
    </svg>
  );
}
