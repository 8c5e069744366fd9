'use client';

import { type ReactNode, useState } from 'react';
import { LogView } from '@/app/_components/log-view/log-view';
import { ErrorState } from '@/app/_components/ui/error-state';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { Panel } from '@/app/_components/ui/panel';
import type { LogStreamState } from '@/app/_hooks/container-log';
import { useContainerLog } from '@/app/_hooks/use-container-log';
import { logTails } from '@/lib/containers/choices';
import { formatCount } from '@/lib/format/text';

const words: Record<LogStreamState, string> = {
  opening: 'Opening…',
  open: 'Live',
  ended: 'Complete',
  lost: 'Connection lost, reconnecting…',
  failed: 'Cannot be read',
};

interface ContainerOutputProps {
  id: string;
  name: string;
  /** Changes with each start. */
  run: string;
  running: boolean;
}

/** The output of a container, live while it runs. */
export function ContainerOutput(props: ContainerOutputProps) {
  const [tail, setTail] = useState<number>(logTails[1]);
  return (
    <FollowedOutput key={tail} {...props} tail={tail}>
      <NativeSelect
        aria-label="Lines to show"
        className="w-auto"
        value={tail}
        onChange={(event) => setTail(Number(event.target.value))}
      >
        {logTails.map((count) => (
          <option key={count} value={count}>
            Last {count.toLocaleString('en-US')} lines
          </option>
        ))}
      </NativeSelect>
    </FollowedOutput>
  );
}

function FollowedOutput({
  id,
  name,
  run,
  running,
  tail,
  children,
}: ContainerOutputProps & { tail: number; children: ReactNode }) {
  const { lines, version, state, error } = useContainerLog({ id, tail, run });
  return (
    <Panel
      title={<span id="output">Output</span>}
      meta={<span role="status">{words[state]}</span>}
      actions={children}
    >
      {lines.gone > 0 ? (
        <p className="mb-2 text-sm text-muted">
          {formatCount(lines.gone, 'older line is', 'older lines are')} not shown. Download the output to see
          all of it.
        </p>
      ) : null}
      {error ? (
        <ErrorState error={error} title="The output cannot be read" />
      ) : (
        <LogView
          source={lines}
          version={version}
          live={running}
          rawHref={`/api/containers/${id}/log`}
          text={() => lines.text()}
          label={`Output of ${name}`}
          firstNumber={lines.gone + 1}
          from="end"
        />
      )}
    </Panel>
  );
}
