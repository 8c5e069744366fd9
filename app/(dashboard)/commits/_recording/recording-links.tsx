import Link from 'next/link';
import { formatCount } from '@/lib/format/text';
import { workbenchHref } from '@/lib/workbenches/choices';
import type { WorkbenchSummary } from '@/lib/workbenches/schema';

/** Links to the recordings of a container. */
export function RecordingLinks({ workbenches }: { workbenches: WorkbenchSummary[] }) {
  return workbenches.map(({ id, name, commandCount }, index) => (
    <span key={id}>
      {index > 0 ? ', ' : null}
      <Link href={workbenchHref(id)} className="link">
        {formatCount(commandCount, 'command')} in {name}
      </Link>
    </span>
  ));
}
