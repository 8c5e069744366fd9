import { Panel } from '@/app/_components/ui/panel';
import { LinkButton } from '@/app/_components/ui/button';
import { workbenchHref } from '@/lib/workbenches/schema';
import type { WorkbenchId } from '@/lib/ids';

/** A workbench's container keeps no log: its output is in the workbench's recording. */
export function RecordedOutput({ workbenchId }: { workbenchId: WorkbenchId }) {
  return (
    <Panel title={<span id="output">Output</span>}>
      <p className="mb-3 text-muted">
        This container belongs to a workbench, which records its output. The engine keeps no log.
      </p>
      <div className="flex flex-wrap gap-2">
        <LinkButton href={workbenchHref(workbenchId)}>Open the workbench</LinkButton>
        <LinkButton href={`${workbenchHref(workbenchId)}/replay`}>Replay the recording</LinkButton>
      </div>
    </Panel>
  );
}
