import { NativeSelect } from './native-select';

interface FilterSelectProps {
  name: string;
  label: string;
  value: string;
  choices: readonly (readonly [value: string, label: string])[];
  className?: string;
}

/** A choice of a filter that stands in the address: it follows the address, also after a choice that was not submitted. */
export function FilterSelect({
  name,
  label,
  value,
  choices,
  className = 'w-auto max-sm:flex-1',
}: FilterSelectProps) {
  return (
    <NativeSelect key={value} name={name} aria-label={label} defaultValue={value} className={className}>
      {choices.map(([choice, words]) => (
        <option key={choice} value={choice}>
          {words}
        </option>
      ))}
    </NativeSelect>
  );
}
