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
        Words are looked for in names, images, ids, commands, ports and labels; all of them must be found.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Container />}
      title="The engine has no containers"
      actions={
        <LinkButton variant="primary" href="/images">
          Choose an image to run
        </LinkButton>
      }
    >
      Run an image to see it work. Containers that others start on this engine appear here too.
    </EmptyState>
  );
}
