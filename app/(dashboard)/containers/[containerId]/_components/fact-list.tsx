import type { ReactNode } from 'react';

export type Fact = [label: string, value: ReactNode];

/** Names and values; empty values are left out. */
export function FactList({ facts }: { facts: (Fact | null)[] }) {
  const shown = facts.filter((fact): fact is Fact => fact !== null && fact[1] !== null && fact[1] !== '');
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-6 gap-y-1.5">
      {shown.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Several lines of code in one value. */
export function CodeLines({ lines }: { lines: string[] }) {
  if (lines.length === 0) return <span className="text-faint">none</span>;
  return (
    <ul className="font-mono text-sm">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
