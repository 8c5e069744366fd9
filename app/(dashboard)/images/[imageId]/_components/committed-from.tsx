import Link from 'next/link';
import { CommitStory } from '@/app/_components/commit-story/commit-story';
import { Panel } from '@/app/_components/ui/panel';
import type { StoredCommit } from '@/lib/commits/store';

/** How this image was made, where it was made by hand. */
export function CommittedFrom({ commit }: { commit: StoredCommit }) {
  return (
    <Panel
      title="How it was made"
      actions={
        <>
          <Link href={`/commits/${commit.id}`} className="link text-sm">
            The commit
          </Link>
          {commit.baseId ? (
            <Link href={`/commits/${commit.id}/dockerfile`} className="link text-sm">
              Make the Dockerfile
            </Link>
          ) : null}
        </>
      }
    >
      <CommitStory commit={commit} />
    </Panel>
  );
}
