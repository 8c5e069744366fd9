import { Input } from '@/app/_components/ui/input';

export interface Pair {
  name: string;
  value: string;
}

/** A name and its value, side by side. */
export function PairRow({
  what,
  pair,
  onChange,
  invalid,
}: {
  /** `Argument`, `Label`: read by screen readers. */
  what: string;
  pair: Pair;
  onChange: (pair: Pair) => void;
  invalid: true | undefined;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-2">
      <Input
        mono
        aria-label={`${what}: name`}
        aria-invalid={invalid}
        placeholder="name"
        value={pair.name}
        onChange={(event) => onChange({ ...pair, name: event.target.value })}
      />
      <Input
        mono
        aria-label={`${what}: value`}
        placeholder="value"
        value={pair.value}
        onChange={(event) => onChange({ ...pair, value: event.target.value })}
      />
    </div>
  );
}
