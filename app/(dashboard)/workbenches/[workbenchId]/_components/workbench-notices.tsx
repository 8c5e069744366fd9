import { LinkButton } from '@/app/_components/ui/button';
import { Notice } from '@/app/_components/ui/notice';
import type { WorkbenchView } from '@/lib/workbenches/schema';

const newHref = (image: string) => `/workbenches/new?${new URLSearchParams({ image })}`;

/** Says what became of the container, and what to do next. */
export function WorkbenchNotices({ workbench, terminal, container }: WorkbenchView) {
  if (terminal?.open) {
    return container.state === 'there' && container.mounts.length ? (
      <Notice title="Not everything would be in an image">
        What is below {container.mounts.join(', ')} is in a volume, and no commit holds it.
      </Notice>
    ) : null;
  }
  if (container.state === 'removed')
    return (
      <Notice
        tone="warning"
        title="The container was removed"
        action={<LinkButton href={newHref(workbench.imageId)}>New workbench from the image</LinkButton>}
      >
        What was recorded is kept, and can be replayed.
      </Notice>
    );
  if (container.state === 'unknown')
    return (
      <Notice tone="warning" title="The container cannot be looked at now">
        {container.message}
      </Notice>
    );
  if (container.status === 'running' || container.status === 'paused')
    return (
      <Notice
        tone={terminal?.message ? 'warning' : 'info'}
        title="The terminal is closed; the container runs"
      >
        {terminal?.message ?? 'Connect again to go on.'}
      </Notice>
    );
  if (container.error)
    return (
      <Notice tone="danger" title="The container could not be started">
        {container.error}
      </Notice>
    );
  return (
    <Notice
      tone={container.oomKilled ? 'danger' : 'info'}
      title={
        container.oomKilled
          ? `Ended: out of memory (exit code ${container.exitCode})`
          : `Ended with exit code ${container.exitCode}`
      }
    >
      {container.oomKilled ? 'Its memory limit was reached. ' : ''}
      {terminal?.message ? `${terminal.message} ` : ''}
      The container is kept with everything in it: start it again, make an image of it, or remove it.
    </Notice>
  );
}
