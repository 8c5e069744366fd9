import { clsx } from 'clsx';

const signs = {
  added: { sign: '+', tone: 'text-succeeded-ink' },
  changed: { sign: '~', tone: 'text-interrupted-ink' },
  removed: { sign: '−', tone: 'text-failed-ink' },
} as const;

export type ChangeHow = keyof typeof signs;

/** The change of a path; null renders an empty placeholder. */
export function ChangeSign({ how }: { how: ChangeHow | null }) {
  return (
    <span
      title={how ?? undefined}
      className={clsx('w-3 shrink-0 text-center font-mono font-semibold', how && signs[how].tone)}
    >
      {how ? (
        <>
          <span aria-hidden>{signs[how].sign}</span>
          <span className="sr-only">{how}: </span>
        </>
      ) : null}
    </span>
  );
}
