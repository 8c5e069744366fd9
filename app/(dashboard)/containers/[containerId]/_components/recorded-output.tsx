import { Panel } from '@/app/_components/ui/panel';
import { LinkButton } from '@/app/_components/ui/button';
import { workbenchHref } from '@/lib/workbenches/schema';

/** A workbench's container keeps no log: what it said is in the workbench's recording. */
export function RecordedOutput({ workbenchId }: { workbenchId: string }) {
  return (
    <Panel title={<span id="output">Output</span>}>
      <p className="mb-3 text-muted">
        This container belongs to a workbench. What it says is recorded there, and not kept by the engine.
      </p>
      <div className="flex flex-wrap gap-2">
        <LinkButton href={workbenchHref(workbenchId)}>Open the workbench</LinkButton>
        <LinkButton href={`${workbenchHref(workbenchId)}/replay`}>Replay the recording</LinkButton>
      </div>
    </Panel>
  );
}
