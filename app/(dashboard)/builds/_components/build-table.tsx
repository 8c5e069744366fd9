'use client';

import { ArrowLeftRight, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { answered } from '@/app/_hooks/answered';
import { useRefreshOnChange } from '@/app/_hooks/use-refresh-on-change';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { type Column, Table } from '@/app/_components/ui/table';
import type { BuildSummary } from '@/lib/builds/schema';
import { isEnded } from '@/lib/operations/status';
import { deleteBuilds } from '../actions';
import { buildColumns, buildName } from './build-columns';
import { compareHref } from './hrefs';

const choiceColumn = (
  chosen: ReadonlySet<string>,
  choose: (id: string, on: boolean) => void,
): Column<BuildSummary> => ({
  key: 'choose',
  header: <span className="sr-only">Select</span>,
  cell: (build) => (
    <Checkbox
      labelHidden
      label={`Select ${buildName(build)}`}
      checked={chosen.has(build.id)}
      onChange={(event) => choose(build.id, event.target.checked)}
    />
  ),
});

/** A live list of builds; with `choice`, builds can be selected to compare or delete. */
export function BuildTable({
  builds,
  choice = false,
  mayDelete = false,
}: {
  builds: BuildSummary[];
  choice?: boolean;
  mayDelete?: boolean;
}) {
  useRefreshOnChange();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const picked = builds.filter((build) => chosen.has(build.id));
  const ids = picked.map((build) => build.id);
  const ended = picked.filter((build) => isEnded(build.status)).map((build) => build.id);

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
        <div className="flex flex-wrap items-center gap-3 border-b border-line py-2">
          <span>{ids.length === 1 ? '1 build selected' : `${ids.length} builds selected`}</span>
          {ids.length === 2 ? (
            <LinkButton
              size="small"
              href={compareHref(ids[0]!, ids[1]!)}
              icon={<ArrowLeftRight aria-hidden />}
            >
              Compare
            </LinkButton>
          ) : (
            <span className="text-sm text-muted">Select two to compare.</span>
          )}
          {mayDelete && ended.length > 0 ? (
            <Button
              size="small"
              variant="danger"
              icon={<Trash2 aria-hidden />}
              onClick={() => setAsking(true)}
            >
              Delete
            </Button>
          ) : null}
          <Button size="small" variant="ghost" onClick={() => setChosen(new Set())}>
            Clear selection
          </Button>
        </div>
      ) : null}
      <Table
        caption="Builds, newest first"
        columns={choice ? [choiceColumn(chosen, choose), ...buildColumns] : buildColumns}
        rows={builds}
        rowKey={(build) => build.id}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={
          ended.length === 1
            ? 'Delete this build from the history?'
            : `Delete ${ended.length} builds from the history?`
        }
        confirmLabel="Delete from the history"
        onConfirm={async () => {
          const result = await answered(deleteBuilds)({ ids: ended });
          if (result.ok) setChosen(new Set());
          return result;
        }}
      >
        Their logs, timing and inputs are deleted. The images, tags and projects are kept.
      </ConfirmDialog>
    </>
  );
}
