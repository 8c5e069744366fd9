import { Boxes } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';

/** Nothing to list: because nothing matches, or because there is nothing yet. */
export function NoImages({ filtered, mayAdd }: { filtered: boolean; mayAdd: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={<Boxes />}
        title="No image matches"
        actions={<LinkButton href="/images">Show all images</LinkButton>}
      >
        Words are looked for in tags, digests, ids and labels; all of them must be found.
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
            Choose a project to build
          </LinkButton>
          {mayAdd ? <LinkButton href="/images/add">Pull or load one</LinkButton> : null}
        </>
      }
    >
      Build a project: its image appears here, with its layers, and can be tagged and pushed.
    </EmptyState>
  );
}
