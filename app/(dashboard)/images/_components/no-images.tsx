import { Boxes } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';

/** An empty list: nothing matches, or there is nothing yet. */
export function NoImages({ filtered, mayAdd }: { filtered: boolean; mayAdd: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={<Boxes />}
        title="No image matches"
        actions={<LinkButton href="/images">Show all images</LinkButton>}
      >
        The search covers tags, digests, ids and labels; every word must match.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Boxes />}
      title="The engine has no images yet"
      actions={
        <>
          <LinkButton variant="primary" href="/projects">
            Build a project
          </LinkButton>
          {mayAdd ? <LinkButton href="/images/add">Pull or load an image</LinkButton> : null}
        </>
      }
    >
      Images that you build, pull or load appear here.
    </EmptyState>
  );
}
