import { GitBranch } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';

/** The way to a project from a repository. */
export function FromGit() {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="min-w-60 flex-1 text-muted">
        By https or ssh: a branch, a folder in it if you like, refreshed when you say so.
      </p>
      <LinkButton href="/projects/new/git" icon={<GitBranch aria-hidden />}>
        Enter its address
      </LinkButton>
    </div>
  );
}
