import { clsx } from 'clsx';
import { parseStepName } from '@/app/_components/step-list/step-name';
import { kindLook } from '@/app/_components/ui/kinds';
import { Panel } from '@/app/_components/ui/panel';
import { StatusIcon } from '@/app/_components/ui/status-mark';
import { compareSteps, type StepTime } from '@/lib/builds/compare';
import type { BuildDetails } from '@/lib/builds/schema';
import { isWritten } from '@/lib/events/events';
import type { OperationState, StepState } from '@/lib/events/state';
import { formatDuration } from '@/lib/format/time';
import { Beside } from './beside';
import { timeDifference } from './difference';

/** Shorter BuildKit internals get no row, in ms. */
const visible = 50;

function Name({ step }: { step: StepState }) {
  const { stage, keyword, text } = parseStepName(step.name);
  return (
    <span className="block truncate font-mono text-sm" title={step.name}>
      {stage ? <span className="text-faint">{stage} </span> : null}
      {keyword ? <span className={clsx('font-semibold', kindLook[step.kind].text)}>{keyword} </span> : null}
      {text}
    </span>
  );
}

/** A duration as a bar and a number; all bars of the table share one scale. */
function Time({ time, longest }: { time: StepTime | null; longest: number }) {
  if (!time) return <span className="text-faint">–</span>;
  const word = {
    cached: 'cached',
    failed: 'failed',
    cancelled: 'cancelled',
    waiting: 'waiting',
    running: 'running',
    done: '',
  }[time.status];
  return (
    <span className="inline-flex items-center gap-2">
      <span className="tabular-nums">
        {word && time.status !== 'done' ? <span className="text-muted">{word} </span> : null}
        {time.time === null || time.status === 'cached' ? null : formatDuration(time.time)}
      </span>
      <StatusIcon status={time.status} className="size-3.5" />
      <svg aria-hidden className="h-2 w-16">
        <rect y="3.5" width="100%" height="1" className="fill-line" />
        <rect
          width={`${((time.time ?? 0) / longest) * 100}%`}
          height="100%"
          rx="1"
          className={kindLook[time.step.kind].svg}
        />
      </svg>
    </span>
  );
}

export function StepRows({
  before,
  after,
  oldState,
  state,
}: {
  before: BuildDetails;
  after: BuildDetails;
  oldState: OperationState;
  state: OperationState;
}) {
  const pairs = compareSteps(oldState, state).filter(({ before: old, after: young }) =>
    [old, young].some((time) => time && (isWritten(time.step.kind) || (time.time ?? 0) >= visible)),
  );
  const longest = Math.max(1, ...pairs.flatMap((pair) => [pair.before?.time ?? 0, pair.after?.time ?? 0]));
  return (
    <Panel title="Step durations" padding={pairs.length > 0 ? 'flush' : 'normal'}>
      {pairs.length > 0 ? (
        <Beside
          caption="Step durations"
          what="Step"
          before={before}
          after={after}
          rows={pairs.map(({ before: old, after: young }, index) => ({
            key: String(index),
            what: (
              <>
                {old &&
                young &&
                old.step.name.replace(/^\[[^\]]*\] /, '') !== young.step.name.replace(/^\[[^\]]*\] /, '') ? (
                  <s className="block text-muted">
                    <Name step={old.step} />
                  </s>
                ) : null}
                <Name step={(young ?? old!).step} />
              </>
            ),
            before: <Time time={old} longest={longest} />,
            after: <Time time={young} longest={longest} />,
            difference: timeDifference(old?.time ?? null, young?.time ?? null) ?? '',
          }))}
        />
      ) : (
        <p className="text-muted">Neither build started a step.</p>
      )}
    </Panel>
  );
}
