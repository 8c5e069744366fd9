import type { ReactNode } from 'react';
import { CopyText } from '@/app/_components/ui/copy';
import { Panel } from '@/app/_components/ui/panel';
import { RelativeTime } from '@/app/_components/ui/time';
import type { GitLogin } from '@/lib/projects/git/schema';
import { findProjectSource } from '@/lib/projects/git/store';
import type { ProjectId } from '@/lib/ids';
import { GitMenu } from './git-menu';

const logins: Record<GitLogin['kind'], string> = {
  none: 'none',
  password: 'user name and token, encrypted',
  key: 'SSH key, encrypted',
};

/** The Git repository of a project. */
export async function GitPanel({ projectId, mayEdit }: { projectId: ProjectId; mayEdit: boolean }) {
  const source = await findProjectSource(projectId);
  if (!source) return null;
  const rows: [string, ReactNode][] = [
    ['URL', <CopyText key="a" text={source.url} label="Copy URL" />],
    [
      'Branch',
      source.ref ? (
        <code key="r" className="font-mono text-sm">
          {source.ref}
        </code>
      ) : (
        'default branch'
      ),
    ],
    ...(source.folder
      ? [
          [
            'Folder',
            <code key="f" className="font-mono text-sm">
              {source.folder}
            </code>,
          ] satisfies [string, ReactNode],
        ]
      : []),
    ['Login', logins[source.login]],
    [
      'Fetched',
      source.commit && source.fetchedAt ? (
        <>
          <RelativeTime at={source.fetchedAt} />, commit{' '}
          <code className="font-mono text-sm" title={source.commit}>
            {source.commit.slice(0, 10)}
          </code>
        </>
      ) : (
        'never'
      ),
    ],
  ];
  return (
    <Panel
      title="Git repository"
      actions={mayEdit ? <GitMenu projectId={projectId} source={source} /> : null}
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
