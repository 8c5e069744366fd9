import Link from 'next/link';
import { KindBadge } from '@/app/_components/ui/badge';
import { Panel } from '@/app/_components/ui/panel';
import { formatCount } from '@/lib/format/text';
import { readOutline } from '@/lib/projects/read-outline';
import type { Project } from '@/lib/projects/schema';
import { filesHref } from '@/app/(dashboard)/projects/_components/hrefs';

/** What the Dockerfile is made of: its stages and bases, arguments and ports. */
export async function DockerfilePanel({ project }: { project: Project }) {
  const { dockerfile } = project.options;
  const outline = await readOutline(project);
  if (!outline) return null;
  const { stages, args, ports, instructions } = outline;
  return (
    <Panel
      title="Dockerfile"
      meta={formatCount(instructions.length, 'instruction')}
      actions={
        <Link href={filesHref(project.id, dockerfile)} className="link font-mono text-sm">
          {dockerfile}
        </Link>
      }
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2">
        <dt className="text-muted">{stages.length === 1 ? 'Base' : 'Stages'}</dt>
        <dd>
          <ol className="flex flex-col gap-1">
            {stages.map((stage) => (
              <li key={stage.index} className="flex flex-wrap items-baseline gap-x-2">
                <KindBadge kind="base" />
                <span className="font-mono text-sm break-all">{stage.base || '?'}</span>
                {stage.name ? <span className="text-muted">as {stage.name}</span> : null}
              </li>
            ))}
            {stages.length === 0 ? <li className="text-muted">none: it has no FROM</li> : null}
          </ol>
        </dd>
        {args.length ? (
          <>
            <dt className="text-muted">Arguments</dt>
            <dd className="font-mono text-sm break-all">
              {[...new Set(args.map((arg) => arg.name))].join(', ')}
            </dd>
          </>
        ) : null}
        {ports.length ? (
          <>
            <dt className="text-muted">Ports</dt>
            <dd className="font-mono text-sm">{ports.join(', ')}</dd>
          </>
        ) : null}
      </dl>
    </Panel>
  );
}
