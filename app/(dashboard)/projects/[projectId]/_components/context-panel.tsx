import Link from 'next/link';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Notice } from '@/app/_components/ui/notice';
import { AppError } from '@/lib/errors';
import { formatCount } from '@/lib/format/text';
import { previewContext } from '@/lib/contexts/preview';
import type { ContextPreview } from '@/lib/contexts/schema';
import { openProjectContext } from '@/lib/projects/context';
import type { Project } from '@/lib/projects/schema';
import { filesHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { ContextTree } from './context-tree';
import { IgnoreButton } from './ignore-button';
import { LargestFiles } from './largest-files';

async function preview(project: Project): Promise<ContextPreview | AppError> {
  try {
    return await previewContext(await openProjectContext(project));
  } catch (error) {
    if (error instanceof AppError) return error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return new AppError('not_found', 'The files of this project are missing on disk.', {
        hint: 'Restore its directory from a backup, or delete the project.',
      });
    throw error;
  }
}

/** The build context, after `.dockerignore`. */
export async function ContextPanel({ project, mayEdit }: { project: Project; mayEdit: boolean }) {
  const found = await preview(project);
  if (found instanceof AppError) return <ErrorState error={{ message: found.message, hint: found.hint }} />;
  const { files, bytes, ignored, ignoreFile, dockerfileProblem, warnings, largest, top } = found;
  return (
    <div className="flex flex-col gap-4">
      {dockerfileProblem ? (
        <Notice tone="warning" title="Cannot be built yet">
          {dockerfileProblem} Add it, or name another one in the options.
        </Notice>
      ) : null}
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-xl font-semibold tabular-nums">
          <ByteSize bytes={bytes} />
        </span>
        <span className="text-muted">in {formatCount(files, 'file')}</span>
      </p>
      <p className="text-muted">
        {ignoreFile ? (
          <>
            <Link className="link font-mono text-sm" href={filesHref(project.id, ignoreFile)}>
              {ignoreFile}
            </Link>{' '}
            excludes {ignored.more ? 'more than ' : ''}
            {formatCount(ignored.files, 'file')} (<ByteSize bytes={ignored.bytes} />
            ).
          </>
        ) : (
          <>
            Everything: there is no <code className="font-mono text-sm">.dockerignore</code> file that would
            leave something out.
          </>
        )}
      </p>
      {warnings.length ? (
        <Notice tone="warning" title="Review these before they go into an image">
          <ul className="mt-1 flex flex-col gap-1">
            {warnings.slice(0, 8).map((warning) => (
              <li key={warning.path} className="flex flex-wrap items-center gap-x-2">
                <span>
                  <span className="font-mono text-sm break-all">{warning.path}</span> {warning.why}
                </span>
                {mayEdit ? <IgnoreButton projectId={project.id} path={warning.path} /> : null}
              </li>
            ))}
          </ul>
          {warnings.length > 8 ? <p className="mt-1 text-muted">and {warnings.length - 8} more</p> : null}
        </Notice>
      ) : null}
      <ContextTree projectId={project.id} level={top} mayEdit={mayEdit} />
      <LargestFiles
        projectId={project.id}
        files={largest.filter(({ path }) => path.includes('/'))}
        total={bytes}
      />
    </div>
  );
}
