'use client';

import Link from 'next/link';
import { Menu, MenuItem } from '@/app/_components/ui/menu';
import { StatusIcon } from '@/app/_components/ui/status-mark';
import { Duration } from '@/app/_components/ui/time';
import { formatCount } from '@/lib/format/text';

interface RunningItem {
  id: string;
  title: string;
  status: 'queued' | 'running';
  href: string;
  /** Milliseconds since 1970; null while queued. */
  startedAt: number | null;
  /** Its current step or its place in the queue. */
  progressText?: string | null;
}

// More would push the navigation out of a low window; the build list has all of them.
const shown = 4;

/** Running work on every page: a list in the sidebar, a button with a menu on a phone. */
export function RunningWork({ items }: { items: RunningItem[] }) {
  return (
    <>
      <section aria-label="Running now" className="min-w-0 max-md:hidden">
        <h2 className="px-1.5 pb-1 text-xs text-faint">
          {items.length > 0 ? formatCount(items.length, 'running', 'running') : 'Nothing is running'}
        </h2>
        <ul>
          {items.slice(0, shown).map((item) => (
            <li key={item.id}>
              <Link href={item.href} className="flex items-start gap-2 rounded-md px-1.5 py-1 hover:bg-hover">
                <StatusIcon status={item.status} className="mt-0.5 size-3.5" />
                <span className="min-w-0 flex-1 leading-snug">
                  <span className="block truncate text-sm">{item.title}</span>
                  <Detail item={item} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
        {items.length > shown ? (
          <Link href="/builds" className="link px-1.5 text-xs text-muted">
            {items.length - shown} more
          </Link>
        ) : null}
      </section>
      {items.length > 0 ? <RunningMenu items={items} /> : null}
    </>
  );
}

function RunningMenu({ items }: { items: RunningItem[] }) {
  const running = items.some((item) => item.status === 'running');
  return (
    <div className="md:hidden">
      <Menu
        trigger={
          <button
            type="button"
            className="flex h-10 items-center gap-2 rounded-md px-2 font-medium tabular-nums hover:bg-hover"
          >
            <StatusIcon status={running ? 'running' : 'queued'} />
            {items.length}
          </button>
        }
      >
        {items.map((item) => (
          <MenuItem key={item.id} href={item.href} icon={<StatusIcon status={item.status} />}>
            <span className="block truncate">{item.title}</span>
            <Detail item={item} />
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}

function Detail({ item }: { item: RunningItem }) {
  return (
    <span className="flex gap-2 text-xs text-muted">
      <span className="min-w-0 truncate">
        {item.progressText ?? (item.status === 'queued' ? 'Queued' : null)}
      </span>
      {item.startedAt === null ? null : (
        <span className="ml-auto">
          <Duration from={item.startedAt} />
        </span>
      )}
    </span>
  );
}
