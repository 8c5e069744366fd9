import Link from 'next/link';
import { CacheShare } from '@/app/(dashboard)/builds/_components/cache-share';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { RelativeTime } from '@/app/_components/ui/time';
import type { BuildSummary } from '@/lib/builds/schema';
import { formatDuration } from '@/lib/format/time';
import { Beside, headsOf, type Two } from './beside';
import { sizeDifference, timeDifference } from './difference';

const timeOf = ({ startedAt, endedAt }: BuildSummary) =>
  startedAt === null || endedAt === null ? null : endedAt - startedAt;

export function SummaryRows({ before, after }: Two) {
  const [old, young] = headsOf({ before, after });
  const row = (what: string, cell: (build: BuildSummary) => React.ReactNode, difference?: string) => ({
    key: what,
    what,
    before: cell(before),
    after: cell(after),
    difference,
  });
  const link = (build: BuildSummary, text: string) => (
    <Link href={build.href} className="link">
      {text}
    </Link>
  );
  return (
    <Panel title="Summary" padding="flush">
      <Beside
        caption="Summary of both builds"
        what="Value"
        before={before}
        after={after}
        rows={[
          row('Build', (build) => link(build, build === before ? old : young)),
          row('Status', (build) => <StatusMark status={build.status} />),
          row('Started', (build) => <RelativeTime at={build.startedAt ?? build.queuedAt} />),
          row(
            'Duration',
            (build) => {
              const time = timeOf(build);
              return time === null ? '–' : formatDuration(time);
            },
            timeDifference(timeOf(before), timeOf(after)),
          ),
          row('Cached steps', (build) => <CacheShare build={build} />),
          row(
            'Image size',
            (build) => (build.imageSize === null ? '–' : <ByteSize bytes={build.imageSize} />),
            sizeDifference(before.imageSize, after.imageSize),
          ),
        ]}
      />
    </Panel>
  );
}
