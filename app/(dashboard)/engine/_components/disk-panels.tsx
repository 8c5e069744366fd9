'use client';

import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ErrorState, type ShownError } from '@/app/_components/ui/error-state';
import { Panel } from '@/app/_components/ui/panel';
import { Waiting } from '@/app/_components/ui/waiting';
import { Duration, RelativeTime } from '@/app/_components/ui/time';
import type { DiskReport } from '@/lib/disk/schema';
import { formatDuration } from '@/lib/format/time';
import { AdviceList } from './advice-list';
import { askServer } from '@/app/_hooks/ask-server';
import { DiskTable, type MayPrune } from './disk-table';
import { FileSystemFacts } from './file-system-facts';

/** Reads the figures once the page is shown, and again on request. The page never waits for them. */
function useDiskReport(initial: DiskReport) {
  const [report, setReport] = useState(initial);
  const [error, setError] = useState<ShownError | null>(null);
  const [asked, setAsked] = useState({ force: false, since: 0, number: 0 });
  const [answered, setAnswered] = useState(-1);

  useEffect(() => {
    const stop = new AbortController();
    const ask = async () => {
      const answer = await askServer<DiskReport>(
        `/api/engine/disk?force=${asked.force ? 1 : 0}`,
        stop.signal,
      );
      if (stop.signal.aborted) return;
      if (answer.ok) setReport(answer.value);
      setError(answer.ok ? null : answer.error);
      setAnswered(asked.number);
    };
    void ask();
    return () => stop.abort();
  }, [asked]);

  const measuring = answered < asked.number;
  const again = () => setAsked(({ number }) => ({ force: true, since: Date.now(), number: number + 1 }));
  return { report, error, measuring, since: report.measurement.measuringSince ?? asked.since, again };
}

export function DiskPanels({ initial, may }: { initial: DiskReport; may: MayPrune }) {
  const { report, error, measuring, since, again } = useDiskReport(initial);
  const { summary, measuredAt, took, failure } = report.measurement;
  const wrong = error ?? failure;
  return (
    <>
      <AdviceList advice={report.advice} />
      <Panel title="Storage">
        <FileSystemFacts system={report.fileSystem} />
      </Panel>
      <Panel
        title="Disk use"
        meta={
          <span role="status">
            {measuring ? (
              <>Measuring disk use… {since > 0 ? <Duration from={since} /> : null}</>
            ) : measuredAt === null ? null : (
              <>
                measured <RelativeTime at={measuredAt} />
                {took === null || took < 1000 ? null : `, in ${formatDuration(took)}`}
              </>
            )}
          </span>
        }
        actions={
          <Button size="small" icon={<RefreshCw aria-hidden />} pending={measuring} onClick={again}>
            Refresh
          </Button>
        }
      >
        {wrong ? <ErrorState error={wrong} title="Disk use unknown" /> : null}
        {summary ? <DiskTable summary={summary} may={may} /> : null}
        {!summary && measuring ? (
          <Waiting>Measuring. This can take a while if there are many files.</Waiting>
        ) : null}
      </Panel>
    </>
  );
}
