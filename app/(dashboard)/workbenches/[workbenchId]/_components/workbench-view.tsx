'use client';

import { useState } from 'react';
import { TerminalView } from '@/app/_components/terminal/terminal-view';
import { Reference } from '@/app/_components/ui/reference';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Tabs } from '@/app/_components/ui/tabs';
import { RelativeTime } from '@/app/_components/ui/time';
import { WorkbenchMark } from '@/app/(dashboard)/workbenches/_components/workbench-mark';
import type { RecordedCommand, WorkbenchFile, WorkbenchView as View } from '@/lib/workbenches/schema';
import { ChangeList } from './change-list';
import { CommandList } from './command-list';
import { FilePanel } from './file-panel';
import { useCommands } from './use-commands';
import { type Putting, usePutFiles } from './use-put-files';
import { type MayWithWorkbench, WorkbenchActions } from './workbench-actions';
import { WorkbenchNotices } from './workbench-notices';

interface WorkbenchViewProps extends View {
  commands: RecordedCommand[];
  files: WorkbenchFile[];
  userName: string;
  may: MayWithWorkbench;
}

export function WorkbenchView(props: WorkbenchViewProps) {
  const { workbench, terminal, container, may } = props;
  const putting = usePutFiles(workbench.id);
  const { commands, note } = useCommands(workbench.id, props.commands);
  const [startedAfter, setStartedAfter] = useState<string | null>(null);
  const there = container.state === 'there';
  const paused = container.state === 'there' && container.status === 'paused';
  // Only the connection was lost: a starting server reconnects to the shell.
  const lost = workbench.origin === 'run' && container.state === 'there' && container.status === 'running';
  return (
    <>
      <PageHeader
        title={<span className="font-mono">{workbench.name}</span>}
        breadcrumbs={[{ label: 'Workbenches', href: '/workbenches' }]}
        meta={
          <>
            <WorkbenchMark workbench={workbench} paused={paused} />
            <Reference value={workbench.imageReference} />
            <span>
              {workbench.userName ? `${workbench.userName}, ` : ''}
              <RelativeTime at={workbench.createdAt} />
            </span>
            {workbench.shell ? <span className="font-mono">{workbench.shell}</span> : null}
          </>
        }
        actions={
          <WorkbenchActions
            workbench={workbench}
            terminal={terminal}
            container={container}
            may={may}
            onStarting={(starting) => setStartedAfter(starting ? (terminal?.operationId ?? null) : null)}
          />
        }
      />
      {/* The narrower list leaves the terminal 80 columns on a 1280 px screen. */}
      <div className="grid gap-x-6 gap-y-6 xl:grid-cols-[minmax(0,1fr)_19rem] 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <TerminalArea
          {...props}
          paused={paused}
          putting={putting}
          comes={lost || (terminal !== null && startedAfter === terminal.operationId)}
          onCommand={note}
        />
        <RecordTabs
          workbench={workbench}
          commands={commands}
          files={props.files}
          putting={putting}
          there={there}
          mayType={may.type}
        />
      </div>
    </>
  );
}

/** The notices and the terminal; files can be dropped here. */
function TerminalArea({
  workbench,
  terminal,
  container,
  may,
  userName,
  paused,
  putting,
  comes,
  onCommand,
}: WorkbenchViewProps & {
  paused: boolean;
  putting: Putting;
  comes: boolean;
  onCommand: (number: number) => void;
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the Files tab does the same by keyboard
    <div
      className="flex min-w-0 flex-col gap-3"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (may.type && container.state === 'there' && event.dataTransfer.files.length)
          void putting.put('', event.dataTransfer);
      }}
    >
      <WorkbenchNotices
        workbench={workbench}
        terminal={terminal}
        container={container}
        mayResume={may.resume}
      />
      {terminal ? (
        <TerminalView
          key={workbench.id}
          workbenchId={workbench.id}
          operationId={terminal.operationId}
          after={terminal.after}
          past={terminal.past}
          keyboard={terminal.keyboard}
          size={terminal.size}
          open={terminal.open}
          comes={comes}
          mayType={may.type}
          paused={paused}
          userName={userName}
          onCommand={onCommand}
        />
      ) : null}
    </div>
  );
}

/** What was done in it: commands, changed paths, files put in. */
function RecordTabs({
  workbench,
  commands,
  files,
  putting,
  there,
  mayType,
}: Pick<WorkbenchViewProps, 'workbench' | 'commands' | 'files'> & {
  putting: Putting;
  there: boolean;
  mayType: boolean;
}) {
  const running = commands.filter(
    (command) => command.changeCount > 0 || command.environment.length > 0,
  ).length;
  const last = commands.at(-1);
  const version = `${commands.length} ${last?.endedAt ?? 0} ${last?.changeCount ?? 0}`;
  return (
    <Tabs
      label="Recording"
      tabs={[
        {
          key: 'commands',
          label: 'Commands',
          count: commands.length,
          content: <CommandList workbench={workbench} commands={commands} changing={running} />,
        },
        {
          key: 'changes',
          label: 'Changes',
          content: <ChangeList workbenchId={workbench.id} there={there} version={version} />,
        },
        {
          key: 'files',
          label: 'Files',
          count: files.length || undefined,
          content: (
            <FilePanel
              workbenchId={workbench.id}
              files={files}
              usable={mayType && there}
              version={version}
              putting={putting}
            />
          ),
        },
      ]}
    />
  );
}
