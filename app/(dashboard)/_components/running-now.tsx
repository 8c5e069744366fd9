'use client';

import Link from 'next/link';
import { queuePosition } from '@/app/_components/queue-position';
import { Panel } from '@/app/_components/ui/panel';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { Duration } from '@/app/_components/ui/time';
import { usePulse } from '@/app/_hooks/stream-provider';

/** Renders nothing while nothing runs. */
export function RunningNow() {
  const { active } = usePulse();
  if (!active.length) return null;
  return (
    <Panel title="Running" padding="flush">
      <ul>
        {active.map(({ id, href, title, status, startedAt, position, step }) => (
          <li
            key={id}
            className="-mx-2 flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-2 py-2.5 last:border-b-0"
          >
            <StatusMark status={status} detail={position === null ? undefined : queuePosition(position)} />
            <Link href={href} className="link font-medium">
              {title}
            </Link>
            <span className="min-w-0 flex-1 truncate font-mono text-sm text-muted">{step}</span>
            {startedAt === null ? null : <Duration from={startedAt} />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
