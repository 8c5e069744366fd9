import { FolderUp } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';

export function FirstSteps({ mayCreate }: { mayCreate: boolean }) {
  return (
    <EmptyState
      icon={<FolderUp />}
      title="Make the first project"
      actions={
        mayCreate ? (
          <LinkButton variant="primary" href="/projects/new">
            New project
          </LinkButton>
        ) : null
      }
    >
      A project is a folder with a Dockerfile and the files that it adds. Drop one in, or begin with the
      website example; then build it, look inside the image, and push it to a registry.
    </EmptyState>
  );
}
