import Link from 'next/link';
import type { ReactNode } from 'react';
import { Panel } from '@/app/_components/ui/panel';
import { shortDigest } from '@/lib/format/text';
import { imageHref } from '@/lib/images/href';

/** Names and values in two columns; null values are left out. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <Panel>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-6 gap-y-1.5">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0">{value}</dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}

/** A link to an image by its name, or by its id if it has none. */
export function ImageLink({ id, name }: { id: string; name: string | null }) {
  return (
    <Link href={imageHref(id)} className="link font-mono text-sm break-all">
      {name ?? shortDigest(id)}
    </Link>
  );
}
