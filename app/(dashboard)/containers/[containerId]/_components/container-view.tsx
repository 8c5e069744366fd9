import { ContainerStateMark } from '@/app/(dashboard)/containers/_components/container-state';
import type { MayWithContainers } from '@/app/(dashboard)/containers/_components/container-menu';
import { Notice } from '@/app/_components/ui/notice';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Digest } from '@/app/_components/ui/reference';
import type { PortHosts } from '@/lib/containers/choices';
import { isAlive } from '@/lib/containers/choices';
import type { ContainerView as Container } from '@/lib/containers/schema';
import type { WorkbenchId } from '@/lib/ids';
import { ContainerActions } from './container-actions';
import { ConfigFacts, MountFacts, NetworkFacts, StateFacts } from './container-facts';
import { ContainerOutput } from './container-output';
import { RecordedOutput } from './recorded-output';

interface ContainerViewProps {
  container: Container;
  may: MayWithContainers;
  hosts: PortHosts;
  /** The workbench that records the output, if the container keeps no log. */
  workbenchId: WorkbenchId | null;
}

/** State, output and configuration of one container. */
export function ContainerView({ container, may, hosts, workbenchId }: ContainerViewProps) {
  const { id, name, state, change } = container;
  return (
    <>
      <PageHeader
        title={<span className="font-mono break-all">{name}</span>}
        breadcrumbs={[{ label: 'Containers', href: '/containers' }]}
        meta={
          <>
            <span role="status">
              <ContainerStateMark {...container} />
            </span>
            <Digest value={id} label="Copy container id" />
            <span className="font-mono text-sm break-all">{container.image}</span>
          </>
        }
        actions={
          <ContainerActions container={{ id, name, state }} may={may} busy={change?.failure === null} />
        }
      />
      <div className="flex flex-col gap-6">
        {change?.failure ? (
          <Notice tone="danger" title="The last action failed">
            {change.failure.message} {change.failure.hint}
          </Notice>
        ) : null}
        {container.outOfMemory ? (
          <Notice tone="warning" title="Out of memory">
            The kernel killed the container because it exceeded its memory limit. Raise the limit, or check
            the output for the cause.
          </Notice>
        ) : null}
        {workbenchId ? (
          <RecordedOutput workbenchId={workbenchId} />
        ) : (
          <ContainerOutput
            id={id}
            name={name}
            run={`${container.startedAt ?? ''} ${isAlive(state)}`}
            running={isAlive(state)}
          />
        )}
        <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
          <div className="flex flex-col gap-6">
            <StateFacts container={container} />
            <NetworkFacts container={container} hosts={hosts} />
            <MountFacts container={container} />
          </div>
          <ConfigFacts container={container} />
        </div>
      </div>
    </>
  );
}
