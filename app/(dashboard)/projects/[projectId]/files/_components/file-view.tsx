import { Download } from 'lucide-react';
import { Button } from '@/app/_components/ui/button';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { Panel } from '@/app/_components/ui/panel';
import { RelativeTime } from '@/app/_components/ui/time';
import { isDockerfile } from '@/lib/dockerfiles/is-dockerfile';
import type { FileContent } from '@/lib/projects/schema';
import { downloadHref } from '@/app/(dashboard)/projects/_components/hrefs';
import type { ProjectId } from '@/lib/ids';
import { FileActions } from './file-actions';
import { PathCrumbs } from './path-crumbs';
import { TextEditor } from './text-editor';

type ShownFile = Exclude<FileContent, { kind: 'directory' }>;

const reasons = {
  binary: ['Binary file', 'Download it to view it. Builds can use it.'],
  large: ['File too large', 'Files up to 1 MiB can be viewed and edited here.'],
} as const;

/** One file: its text, or what it is instead. */
export function FileView({
  projectId,
  file,
  dockerfile,
  mayEdit,
}: {
  projectId: ProjectId;
  file: ShownFile;
  /** Path of the Dockerfile that the project builds. */
  dockerfile: string;
  mayEdit: boolean;
}) {
  const executable = file.kind !== 'symlink' && file.executable;
  return (
    <Panel
      title={<PathCrumbs projectId={projectId} path={file.path} />}
      padding="flush"
      className="border-t-0!"
      meta={
        <span className="flex flex-wrap gap-x-3">
          {file.kind === 'symlink' ? null : <ByteSize bytes={file.size} />}
          <RelativeTime at={file.modified} />
          {executable ? <span>executable</span> : null}
        </span>
      }
      actions={
        <FileActions
          projectId={projectId}
          path={file.path}
          entry={{ type: file.kind === 'symlink' ? 'symlink' : 'file', executable }}
          mayEdit={mayEdit}
        />
      }
    >
      {file.kind === 'text' ? (
        <TextEditor
          key={file.path}
          projectId={projectId}
          path={file.path}
          text={file.text}
          version={file.version}
          readOnly={!mayEdit}
          isDockerfile={file.path === dockerfile || isDockerfile(file.path)}
        />
      ) : file.kind === 'symlink' ? (
        <EmptyState title="Symbolic link">
          It leads to <span className="font-mono break-all text-ink">{file.target}</span>. Links are sent to
          the engine as links; they are not followed here.
        </EmptyState>
      ) : (
        <EmptyState
          title={reasons[file.kind][0]}
          actions={
            <Button asChild>
              <a href={downloadHref(projectId, file.path)}>
                <Download aria-hidden />
                Download
              </a>
            </Button>
          }
        >
          {reasons[file.kind][1]}
        </EmptyState>
      )}
    </Panel>
  );
}
