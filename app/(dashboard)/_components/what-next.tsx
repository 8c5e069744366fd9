import Link from 'next/link';
import { Panel } from '@/app/_components/ui/panel';
import { StatusIcon } from '@/app/_components/ui/status-mark';
import { RelativeTime } from '@/app/_components/ui/time';
import type { NextStep } from './next-steps';

/** Failures and projects to build or push, each with a link. Renders nothing if there are none. */
export function WhatNext({ steps }: { steps: NextStep[] }) {
  if (steps.length === 0) return null;
  return (
    <Panel title="Needs attention" padding="flush">
      <ul>
        {steps.map(({ key, status, title, reason, href, todo, at }) => (
          <li
            key={key}
            className="-mx-2 flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line px-2 py-2 last:border-b-0 hover:bg-hover"
          >
            {status ? (
              <StatusIcon status={status} />
            ) : (
              <span aria-hidden className="mx-1 size-2 rounded-full border border-edge" />
            )}
            <span className="font-medium">{title}</span>
            <span className="min-w-0 flex-1 basis-40 truncate text-sm text-muted" title={reason ?? undefined}>
              {reason}
            </span>
            {at === null ? null : (
              <span className="text-sm text-muted max-sm:hidden">
                <RelativeTime at={at} />
              </span>
            )}
            <Link href={href} aria-label={`${todo}: ${title}`} className="link">
              {todo}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
