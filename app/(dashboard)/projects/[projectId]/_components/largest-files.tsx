import Link from 'next/link';
import { ByteSize } from '@/app/_components/ui/byte-size';
import type { ContextPreview } from '@/lib/contexts/schema';
import { filesHref } from '@/app/(dashboard)/projects/_components/hrefs';
import type { ProjectId } from '@/lib/ids';

const shownAtFirst = 6;

function Rows({ projectId, files, total }: Props) {
  return (
    <ol className="flex flex-col">
      {files.map((file) => (
        <li key={file.path} className="grid grid-cols-[minmax(0,1fr)_5rem_4.5rem] items-center gap-3 py-0.5">
          <Link
            href={filesHref(projectId, file.path)}
            title={file.path}
            className="truncate font-mono text-sm leading-6 hover:underline pointer-coarse:leading-8"
          >
            {file.path}
          </Link>
          {/* An attribute: the page's policy forbids inline styles. */}
          <svg aria-hidden className="h-1.5 w-full">
            <rect width="100%" height="100%" className="fill-waiting-soft" />
            <rect
              width={`${total ? (100 * file.size) / total : 0}%`}
              height="100%"
              className="fill-kind-copy"
            />
          </svg>
          <span className="text-right text-sm text-muted">
            <ByteSize bytes={file.size} />
          </span>
        </li>
      ))}
    </ol>
  );
}

interface Props {
  projectId: ProjectId;
  files: ContextPreview['largest'];
  /** Bytes of the whole context. */
  total: number;
}

/** The largest files of the context, each with its share. */
export function LargestFiles({ projectId, files, total }: Props) {
  if (!files.length) return null;
  const rest = files.slice(shownAtFirst);
  return (
    <div>
      <h3 className="mb-1 text-sm font-medium text-faint">Largest files</h3>
      <Rows projectId={projectId} files={files.slice(0, shownAtFirst)} total={total} />
      {rest.length ? (
        <details>
          <summary className="py-1 text-sm text-muted hover:text-ink">The next {rest.length}</summary>
          <Rows projectId={projectId} files={rest} total={total} />
        </details>
      ) : null}
    </div>
  );
}
