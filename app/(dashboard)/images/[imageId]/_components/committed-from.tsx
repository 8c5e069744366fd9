import Link from 'next/link';
import { RecordingLinks } from '@/app/(dashboard)/commits/_recording/recording-links';
import { CommitStory } from '@/app/_components/commit-story/commit-story';
import { Panel } from '@/app/_components/ui/panel';
import { commitDockerfileHref, commitHref } from '@/lib/commits/href';
import type { StoredCommit } from '@/lib/commits/store';
import { listWorkbenches } from '@/lib/workbenches/store';

/** How this image was made, where it was made by hand. */
export async function CommittedFrom({ commit }: { commit: StoredCommit }) {
  const workbenches = await listWorkbenches({ containerId: commit.containerId });
  return (
    <Panel
      title="How it was made"
      actions={
        <>
          <Link href={commitHref(commit.id)} className="link text-sm">
            The commit
          </Link>
          {commit.baseId ? (
            <Link href={commitDockerfileHref(commit.id)} className="link text-sm">
              Make the Dockerfile
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
