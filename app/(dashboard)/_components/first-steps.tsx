import { FolderUp } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';

export function FirstSteps({ mayCreate }: { mayCreate: boolean }) {
  return (
    <EmptyState
      icon={<FolderUp />}
      title="Create your first project"
      actions={
        mayCreate ? (
          <LinkButton variant="primary" href="/projects/new">
            New project
          </LinkButton>
        ) : null
      }
    >
      A project is a folder with a Dockerfile and the files it needs. Upload a folder or start from the
      website example. Then build it, view the image and push it to a registry.
    </EmptyState>
  );
}
