import Link from 'next/link';
import { RecordingLinks } from '@/app/(dashboard)/commits/_recording/recording-links';
import { CommitStory } from '@/app/_components/commit-story/commit-story';
import { Panel } from '@/app/_components/ui/panel';
import { commitDockerfileHref, commitHref } from '@/lib/commits/href';
import type { StoredCommit } from '@/lib/commits/store';
import { listWorkbenches } from '@/lib/workbenches/store';

/** The commit that made this image. */
export async function CommittedFrom({ commit }: { commit: StoredCommit }) {
  const workbenches = await listWorkbenches({ containerId: commit.containerId });
  return (
    <Panel
      title="Origin"
      actions={
        <>
          <Link href={commitHref(commit.id)} className="link text-sm">
            {' '}
            View commit{' '}
          </Link>
          {commit.baseId ? (
            <Link href={commitDockerfileHref(commit.id)} className="link text-sm">
              Generated Dockerfile
            </Link>
          ) : null}
        </>
      }
    >
      <CommitStory
        commit={commit}
        recording={workbenches.length > 0 ? <RecordingLinks workbenches={workbenches} /> : null}
      />
    </Panel>
  );
}
