'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useRefreshOnChange } from '@/app/_hooks/use-refresh-on-change';
import { Button } from '@/app/_components/ui/button';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { type Column, Table } from '@/app/_components/ui/table';
import type { BuildSummary } from '@/lib/builds/schema';
import { isEnded } from '@/lib/operations/schema';
import { deleteBuilds } from '../actions';
import { buildColumns, buildName } from './build-columns';

const choiceColumn = (
  chosen: ReadonlySet<string>,
  choose: (id: string, on: boolean) => void,
): Column<BuildSummary> => ({
  key: 'choose',
  header: <span className="sr-only">Choose</span>,
  cell: (build) => (
    <Checkbox
      labelHidden
      label={`Choose ${buildName(build)}`}
      disabled={!isEnded(build.status)}
      checked={chosen.has(build.id)}
      onChange={(event) => choose(build.id, event.target.checked)}
    />
  ),
});

/** A list of builds that keeps itself up to date, with a box on each row for those who may delete. */
export function BuildTable({ builds, mayDelete }: { builds: BuildSummary[]; mayDelete: boolean }) {
  useRefreshOnChange();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const ids = builds.filter((build) => chosen.has(build.id)).map((build) => build.id);

  const choose = (id: string, on: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });

  return (
    <>
      {ids.length ? (
        <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
          <span>{ids.length === 1 ? '1 build chosen' : `${ids.length} builds chosen`}</span>
          <Button size="small" variant="danger" icon={<Trash2 aria-hidden />} onClick={() => setAsking(true)}>
            Delete
          </Button>
          <Button size="small" variant="ghost" onClick={() => setChosen(new Set())}>
            Choose none
          </Button>
        </div>
      ) : null}
      <Table
        caption="Builds, newest first"
        columns={mayDelete ? [choiceColumn(chosen, choose), ...buildColumns] : buildColumns}
        rows={builds}
        rowKey={(build) => build.id}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={
          ids.length === 1
            ? 'Delete this build from the history?'
            : `Delete ${ids.length} builds from the history?`
        }
        confirmLabel="Delete from the history"
        onConfirm={async () => {
          const result = await deleteBuilds({ ids });
          if (result.ok) setChosen(new Set());
          return result;
        }}
      >
        Their logs, their timing and what they were made from will be gone. The images, tags and projects
        stay.
      </ConfirmDialog>
    </>
  );
}
