import { useId } from 'react';

export type UploadHow = 'add' | 'unpack' | 'replace';

const choices: { value: UploadHow; label: string; hint: string }[] = [
  {
    value: 'add',
    label: 'Add here',
    hint: 'Files of the same name are replaced. Archives stay archives.',
  },
  { value: 'unpack', label: 'Unpack an archive here', hint: 'Files of the same name are replaced.' },
  {
    value: 'replace',
    label: 'Replace all files of the project',
    hint: 'All current files are deleted; options and secrets are kept.',
  },
];

/** How to apply an upload. */
export function UploadChoice({ how, onHow }: { how: UploadHow; onHow: (how: UploadHow) => void }) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">What to do with the files</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="flex items-start gap-2.5">
          <input
            type="radio"
            name={name}
            className="mt-1 size-4 shrink-0 accent-accent"
            checked={how === choice.value}
            onChange={() => onHow(choice.value)}
          />
          <span>
            {choice.label}
            <span className="block text-sm text-muted">{choice.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
