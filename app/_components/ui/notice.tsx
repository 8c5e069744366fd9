import { clsx } from 'clsx';
import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const tones = {
  info: { icon: Info, box: 'border-l-running', mark: 'text-running', word: 'Note' },
  warning: {
    icon: TriangleAlert,
    box: 'border-l-interrupted',
    mark: 'text-interrupted',
    word: 'Warning',
  },
  danger: { icon: OctagonAlert, box: 'border-l-failed', mark: 'text-failed', word: 'Danger' },
} as const;

/** Information about a page or form. For the error of an action, use ErrorState. */
export function Notice({
  tone = 'info',
  title,
  action,
  children,
}: {
  tone?: keyof typeof tones;
  title?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}) {
  const { icon: Icon, box, mark, word } = tones[tone];
  return (
    <div
      className={clsx(
        'flex flex-wrap gap-x-3 gap-y-2 rounded-md border border-l-4 border-line bg-raised px-3 py-2.5',
        box,
      )}
    >
      <Icon aria-hidden className={clsx('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1">
        <span className="sr-only">{word}: </span>
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="break-words text-ink">{children}</div> : null}
      </div>
      {action ? <div className="flex items-center gap-2 max-sm:w-full">{action}</div> : null}
    </div>
  );
}
