import { Badge, type BadgeTone } from '@/app/_components/ui/badge';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { auditOutcomeLabels } from '@/lib/audit/log/choices';
import type { AuditSummary } from '@/lib/audit/log/schema';
import type { AuditOutcome } from '@/lib/audit/schema';

const tones: Record<AuditOutcome, BadgeTone> = {
  done: 'success',
  denied: 'danger',
  failed: 'warning',
  asked: 'neutral',
};

function Outcome({ outcome, errorCode }: Pick<AuditSummary, 'outcome' | 'errorCode'>) {
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Badge tone={tones[outcome]}>{auditOutcomeLabels[outcome]}</Badge>
      {errorCode ? <span className="font-mono text-xs text-muted">{errorCode}</span> : null}
    </span>
  );
}

const columns: Column<AuditSummary>[] = [
  { key: 'at', header: 'Time', cell: ({ at }) => <RelativeTime at={at} /> },
  {
    key: 'user',
    header: 'User',
    cell: ({ userName }) => userName ?? <span className="whitespace-nowrap text-faint">not signed in</span>,
  },
  {
    key: 'command',
    header: 'Command',
    main: true,
    cell: ({ command }) => <span className="font-mono text-sm whitespace-nowrap">{command}</span>,
  },
  {
    key: 'target',
    header: 'Target',
    grow: true,
    cell: ({ target }) => (
      <span title={target} className="line-clamp-2 font-mono text-sm break-all">
        {target}
      </span>
    ),
  },
  { key: 'outcome', header: 'Outcome', cell: (entry) => <Outcome {...entry} /> },
  {
    key: 'address',
    header: 'Address',
    from: 'lg',
    cell: ({ address }) => <span className="font-mono text-sm">{address}</span>,
  },
  { key: 'seq', header: 'Row', align: 'end', cell: ({ seq }) => seq },
];

export function AuditTable({ entries }: { entries: AuditSummary[] }) {
  return <Table caption="Audit log" rows={entries} rowKey={({ seq }) => String(seq)} columns={columns} />;
}
