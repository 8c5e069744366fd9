import Link from 'next/link';
import { Badge } from '@/app/_components/ui/badge';
import { CopyText } from '@/app/_components/ui/copy';
import { type Column, Table, wholeInTable } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { shortenMiddle } from '@/lib/format/text';
import type { Registry } from '@/lib/registries/schema';
import { CheckMark } from './check-mark';
import { RegistryMenu } from './registry-menu';

type Row = Registry & { mayEdit: boolean };

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Registry',
    main: true,
    grow: true,
    cell: (registry) => (
      <span className="flex min-w-0 flex-col">
        <span className="flex flex-wrap items-center gap-2">
          <Link href={`/registries/${registry.id}`} className="link truncate font-medium">
            {registry.name}
          </Link>
          {registry.local ? <Badge>local</Badge> : null}
        </span>
        {registry.check && registry.check.status !== 'ok' ? (
          <span className="text-sm text-muted sm:truncate">{registry.check.message}</span>
        ) : null}
      </span>
    ),
  },
  {
    key: 'host',
    header: 'Host',
    cell: ({ host }) => (
      <CopyText text={host} shown={shortenMiddle(host, 36)} label="Copy host" className={wholeInTable} />
    ),
  },
  {
    key: 'login',
    header: 'Login',
    cell: ({ username }) =>
      username === null ? (
        <span className="text-muted">none</span>
      ) : (
        <span className="font-mono">{username}</span>
      ),
  },
  { key: 'check', header: 'Connection', cell: ({ check }) => <CheckMark check={check} /> },
  {
    key: 'checked',
    header: 'Checked',
    align: 'end',
    from: 'md',
    cell: ({ check }) => (check ? <RelativeTime at={check.at} /> : '–'),
  },
];

const actions: Column<Row> = {
  key: 'actions',
  header: 'Actions',
  actions: true,
  cell: ({ mayEdit, ...registry }) => <RegistryMenu registry={registry} mayEdit={mayEdit} />,
};

export function RegistryTable({
  registries,
  mayCheck,
  mayEdit,
}: {
  registries: Registry[];
  mayCheck: boolean;
  mayEdit: boolean;
}) {
  const rows = registries.map((registry) => ({ ...registry, mayEdit }));
  return (
    <Table
      caption="Registries"
      columns={mayCheck ? [...columns, actions] : columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
