import Link from 'next/link';
import { filesHref } from '@/app/(dashboard)/projects/_components/hrefs';
import type { ProjectId } from '@/lib/ids';

/** Breadcrumbs to a directory or file. */
export function PathCrumbs({ projectId, path }: { projectId: ProjectId; path: string }) {
  const parts = path ? path.split('/') : [];
  return (
    <nav aria-label="Path" className="min-w-0">
      <ol className="flex flex-wrap items-baseline font-mono text-sm">
        <li>
          {parts.length ? (
            <Link
              href={filesHref(projectId)}
              className="font-normal text-muted hover:text-ink hover:underline"
            >
              files
            </Link>
          ) : (
            <span aria-current="page" className="font-semibold">
              files
            </span>
          )}
        </li>
        {parts.map((part, index) => (
          <li key={index} className="min-w-0 break-all before:mx-1.5 before:text-faint before:content-['/']">
            {index === parts.length - 1 ? (
              <span aria-current="page" className="font-semibold">
                {part}
              </span>
            ) : (
              <Link
                href={filesHref(projectId, parts.slice(0, index + 1).join('/'))}
                className="font-normal text-muted hover:text-ink hover:underline"
              >
                {part}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
