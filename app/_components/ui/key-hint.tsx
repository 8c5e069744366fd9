/** Keys to press, drawn as keys: `['Shift', 'Enter']`. Hidden from screen readers, which have aria-keyshortcuts. */
export function KeyHint({ keys }: { keys: string[] }) {
  return (
    <span aria-hidden className="inline-flex gap-0.5">
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-4.5 rounded-sm border border-line px-1 text-center font-sans text-xs leading-4 text-faint"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
