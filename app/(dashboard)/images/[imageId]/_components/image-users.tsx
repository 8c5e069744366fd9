import Link from 'next/link';
import { Badge } from '@/app/_components/ui/badge';
import { Panel } from '@/app/_components/ui/panel';
import { containerHref } from '@/lib/containers/choices';
import type { ImageContainer } from '@/lib/engine/images/types';

/** Containers created from the image. */
export function ImageUsers({ users }: { users: ImageContainer[] }) {
  return (
    <Panel title="Used by">
      {users.length ? (
        <ul className="flex flex-col gap-1">
          {users.map(({ id, name, state }) => (
            <li key={id} className="flex flex-wrap items-center gap-2">
              <Link href={containerHref(id)} className="link font-mono break-all">
                {name}
              </Link>
              <Badge tone={state === 'running' ? 'info' : 'neutral'}>{state}</Badge>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">No container uses this image.</p>
      )}
    </Panel>
  );
}
