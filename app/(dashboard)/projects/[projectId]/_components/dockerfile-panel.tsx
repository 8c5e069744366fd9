import Link from 'next/link';
import { KindBadge } from '@/app/_components/ui/badge';
import { Panel } from '@/app/_components/ui/panel';
import { kindOf } from '@/lib/dockerfiles/kinds';
import type { DockerfileOutline } from '@/lib/dockerfiles/outline';
import { formatCount } from '@/lib/format/text';
import { readOutline } from '@/lib/projects/read-outline';
import type { Project } from '@/lib/projects/schema';
import { filesHref } from '@/app/(dashboard)/projects/_components/hrefs';

const shown = 16;

function factsOf({ stages, args, ports }: DockerfileOutline): string {
  const facts = [formatCount(stages.length, 'stage')];
  const names = new Set(args.map((arg) => arg.name)).size;
  if (names) facts.push(formatCount(names, 'argument'));
  if (ports.length) facts.push(`port ${ports.join(', ')}`);
  return facts.join(', ');
}

/** The instructions of the Dockerfile, in the colors of their kinds. */
export async function DockerfilePanel({ project }: { project: Project }) {
  const { dockerfile } = project.options;
  const outline = await readOutline(project);
  if (!outline) return null;
  const { instructions } = outline;
  return (
    <Panel
      title="Dockerfile"
      meta={factsOf(outline)}
      actions={
        <Link href={filesHref(project.id, dockerfile)} className="link font-mono text-sm">
          {dockerfile}
        </Link>
      }
    >
      <ol className="flex flex-col gap-1.5">
        {instructions.slice(0, shown).map((instruction) => (
          <li
            key={instruction.line}
            className="grid grid-cols-[1.5rem_4rem_minmax(0,1fr)] items-baseline gap-2"
          >
            <span className="text-right text-xs text-faint tabular-nums">{instruction.line}</span>
            <span>
              <KindBadge kind={kindOf(instruction.keyword)} />
            </span>
            <code className="truncate font-mono text-sm" title={instruction.text}>
              <span className="text-muted">{instruction.keyword}</span> {instruction.text}
            </code>
          </li>
        ))}
      </ol>
      {instructions.length > shown ? (
        <p className="mt-2 text-sm text-muted">
          and {formatCount(instructions.length - shown, 'more', 'more')}
        </p>
      ) : null}
      {instructions.length === 0 ? <p className="text-muted">No instructions yet.</p> : null}
    </Panel>
  );
}
