'use client';

import { useState } from 'react';
import { Badge, type BadgeTone } from '@/app/_components/ui/badge';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { type Column, Table } from '@/app/_components/ui/table';
import { type DifferenceKind, differenceKinds, differenceLabels } from '@/lib/comparisons/choices';
import type { Difference } from '@/lib/comparisons/schema';
import { timeRules } from '@/lib/comparisons/rules';
import { formatCount } from '@/lib/format/text';

const tones: Record<DifferenceKind, BadgeTone> = {
  content: 'danger',
  missing: 'danger',
  extra: 'warning',
  time: 'neutral',
};

const columns: Column<Difference>[] = [
  {
    key: 'path',
    header: 'Path',
    main: true,
    cell: ({ path }) => <span className="font-mono text-sm break-all">{path}</span>,
  },
  {
    key: 'kind',
    header: 'Class',
    cell: ({ kind, rule, aspects }) => (
      <span className="flex flex-wrap items-center gap-1.5">
        <Badge tone={tones[kind]}>{differenceLabels[kind].label}</Badge>
        <span className="text-xs text-muted">
          {[rule && timeRules.find(({ id }) => id === rule)?.label, aspects.join(', ')]
            .filter(Boolean)
            .join(': ')}
        </span>
      </span>
    ),
  },
  {
    key: 'wanted',
    header: 'Committed',
    cell: ({ wanted }) => <span className="font-mono text-xs break-all">{wanted}</span>,
  },
  {
    key: 'built',
    header: 'Built',
    cell: ({ built }) => <span className="font-mono text-xs break-all">{built}</span>,
  },
];

/**
 * The differences with a filter by class. A table and no tree: each row sets two states side by side, and the most severe
 * come first, wherever they are.
 */
export function DifferenceList({ differences, more }: { differences: Difference[]; more: number }) {
  const [kind, setKind] = useState<DifferenceKind | ''>('');
  if (differences.length === 0) return <p className="py-2">No path differs.</p>;
  const rows = kind ? differences.filter((one) => one.kind === kind) : differences;
  return (
    <div className="flex flex-col gap-2">
      <NativeSelect
        aria-label="Class"
        className="w-64 max-w-full"
        value={kind}
        onChange={(event) => setKind(differenceKinds.find((one) => one === event.target.value) ?? '')}
      >
        <option value="">All classes</option>
        {differenceKinds.map((one) => (
          <option key={one} value={one}>
            {differenceLabels[one].label} ({differences.filter((other) => other.kind === one).length})
          </option>
        ))}
      </NativeSelect>
      {kind ? <p className="text-sm text-muted">{differenceLabels[kind].meaning}</p> : null}
      <Table
        caption="Differences between the committed image and the built one"
        columns={columns}
        rows={rows}
        rowKey={({ path }) => path}
      />
      {more > 0 ? <p className="text-sm text-muted">And {formatCount(more, 'more difference')}.</p> : null}
    </div>
  );
}
