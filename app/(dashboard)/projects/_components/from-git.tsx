import { GitBranch } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';

/** Link to the form that connects a repository. */
export function FromGit() {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="min-w-60 flex-1 text-muted">
        Over HTTPS or SSH; a branch and optionally a folder, updated on demand.
      </p>
      <LinkButton href="/projects/new/git" icon={<GitBranch aria-hidden />}>
        Connect repository
      </LinkButton>
    </div>
  );
}
