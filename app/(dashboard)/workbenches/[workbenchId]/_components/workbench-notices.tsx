import { CirclePlay } from 'lucide-react';
import { useContainerChange } from '@/app/(dashboard)/containers/_components/use-container-change';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { Notice } from '@/app/_components/ui/notice';
import type { WorkbenchView } from '@/lib/workbenches/schema';

function ResumeButton(container: { id: string; name: string }) {
  const { pending, change } = useContainerChange(container);
  return (
    <Button
      icon={<CirclePlay aria-hidden />}
      pending={pending === 'unpause'}
      onClick={() => void change('unpause')}
    >
      Resume
    </Button>
  );
}

const newHref = (image: string) => `/workbenches/new?${new URLSearchParams({ image })}`;

/** The container's state, and what can be done next. */
export function WorkbenchNotices({
  workbench,
  terminal,
  container,
  mayResume,
}: WorkbenchView & { mayResume: boolean }) {
  if (container.state === 'there' && container.status === 'paused')
    return (
      <Notice
        tone="warning"
        title="The container is paused"
        action={mayResume ? <ResumeButton id={workbench.containerId} name={workbench.name} /> : null}
      >
        Its processes are suspended and read no input.
      </Notice>
    );
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
  if (container.status === 'running')
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
