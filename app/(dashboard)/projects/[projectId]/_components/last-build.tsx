import Link from 'next/link';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { Duration, RelativeTime } from '@/app/_components/ui/time';
import { listBuilds } from '@/lib/builds/store';
import { projectHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { RefreshOnChange } from '@/app/_components/live/refresh-on-change';
import type { ProjectId } from '@/lib/ids';

const shown = 5;

/** The newest builds of a project. */
export async function LastBuild({ projectId }: { projectId: ProjectId }) {
  const { builds, more } = await listBuilds({ project: projectId }, shown);
  return (
    <Panel
      title="Last builds"
      padding="flush"
      actions={
        more ? (
          <Link href={projectHref(projectId, 'builds')} className="link text-sm">
            All builds
          </Link>
        ) : null
      }
    >
      <RefreshOnChange />
      {builds.length ? (
        <ul className="divide-y divide-line">
          {builds.map((build) => (
            <li key={build.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
              <Link href={build.href} className="link min-w-10 font-medium tabular-nums">
                #{build.number}
              </Link>
              <StatusMark status={build.status} />
              <span className="text-muted">
                <RelativeTime at={build.queuedAt} />
              </span>
              <span className="ml-auto flex gap-4 text-muted">
                {build.startedAt ? <Duration from={build.startedAt} to={build.endedAt} /> : null}
                {build.imageSize === null ? null : <ByteSize bytes={build.imageSize} />}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="py-3 text-muted">Not built yet. “Build” makes an image of the current files.</p>
      )}
    </Panel>
  );
}
