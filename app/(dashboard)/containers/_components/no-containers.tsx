import { Container } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';

/** An empty list: nothing matches, or there is nothing yet. */
export function NoContainers({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={<Container />}
        title="No container matches"
        actions={<LinkButton href="/containers">Show all containers</LinkButton>}
      >
        The search covers names, images, ids, commands, ports and labels; every word must match.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Container />}
      title="The engine has no containers"
      actions={
        <LinkButton variant="primary" href="/images">
          Run an image
        </LinkButton>
      }
    >
      Run an image to start one. Containers started outside Layerwright are listed here too.
    </EmptyState>
  );
}
