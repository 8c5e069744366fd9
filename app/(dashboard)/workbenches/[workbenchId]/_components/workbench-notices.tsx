import { LinkButton } from '@/app/_components/ui/button';
import { Notice } from '@/app/_components/ui/notice';
import type { WorkbenchView } from '@/lib/workbenches/schema';

const newHref = (image: string) => `/workbenches/new?${new URLSearchParams({ image })}`;

/** The container's state, and what can be done next. */
export function WorkbenchNotices({ workbench, terminal, container }: WorkbenchView) {
  if (terminal?.open) {
    return container.state === 'there' && container.mounts.length ? (
      <Notice title="Volumes are not committed">
        Data in {container.mounts.join(', ')} is in a volume. A commit does not include it.
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
        The recording is kept and can be replayed.
      </Notice>
    );
  if (container.state === 'unknown')
    return (
      <Notice tone="warning" title="The container cannot be inspected now">
        {container.message}
      </Notice>
    );
  if (container.status === 'running' || container.status === 'paused')
    return (
      <Notice tone={terminal?.message ? 'warning' : 'info'} title="Terminal closed, container running">
        {terminal?.message ?? 'Connect again to continue.'}
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
          : `Exited with code ${container.exitCode}`
      }
    >
      {container.oomKilled ? 'Its memory limit was reached. ' : ''}
      {terminal?.message ? `${terminal.message} ` : ''}
      The container and its files are kept: start it again, commit it, or remove it.
    </Notice>
  );
}
