import Link from 'next/link';
import { Badge } from '@/app/_components/ui/badge';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import type { PortHosts } from '@/lib/containers/choices';
import { containerHref, isAlive } from '@/lib/containers/choices';
import type { ContainerRow } from '@/lib/containers/schema';
import { ContainerMenu, type MayWithContainers } from './container-menu';
import { ContainerPorts } from './container-ports';
import { ContainerStateMark } from './container-state';

type Row = ContainerRow & { may: MayWithContainers; hosts: PortHosts; isWorkbench: boolean };

/** An image without a name is shown by its short id. */
const imageText = (image: string) => image.replace(/^sha256:([a-f0-9]{12})[a-f0-9]+$/, '$1');

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Container',
    main: true,
    grow: true,
    cell: ({ id, name, image, runHere, isWorkbench }) => (
      <span className="flex min-w-0 flex-col">
        <span className="flex min-w-0 items-center gap-2">
          <Link href={containerHref(id)} className="link truncate font-mono font-medium" title={name}>
            {name}
          </Link>
          {isWorkbench ? <Badge>workbench</Badge> : runHere ? <Badge>started here</Badge> : null}
        </span>
        <span className="truncate font-mono text-sm text-muted" title={image}>
          {imageText(image)}
        </span>
      </span>
    ),
  },
  {
    key: 'state',
    header: 'State',
    cell: ({ change, ...container }) => (
      <>
        <ContainerStateMark {...container} change={change} />
        {change?.failure ? (
          <span className="block max-w-72 text-sm whitespace-normal text-failed-ink">
            {change.failure.message}
          </span>
        ) : null}
      </>
    ),
  },
  {
    key: 'ports',
    header: 'Ports',
    cell: ({ ports, hosts, state }) => (
      <ContainerPorts ports={ports} hosts={hosts} running={isAlive(state)} />
    ),
  },
  { key: 'created', header: 'Created', align: 'end', cell: ({ created }) => <RelativeTime at={created} /> },
  {
    key: 'actions',
    header: 'Actions',
    actions: true,
    cell: ({ may, id, name, state }) => <ContainerMenu container={{ id, name, state }} may={may} />,
  },
];

export function ContainerTable({
  containers,
  workbenches,
  may,
  hosts,
}: {
  containers: ContainerRow[];
  /** Ids of the containers of workbenches. */
  workbenches: ReadonlySet<string>;
  may: MayWithContainers;
  hosts: PortHosts;
}) {
  return (
    <Table
      caption="Containers"
      columns={columns}
      rows={containers.map((container) => ({
        ...container,
        may,
        hosts,
        isWorkbench: workbenches.has(container.id),
      }))}
      rowKey={({ id }) => id}
    />
  );
}
