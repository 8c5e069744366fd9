import Link from 'next/link';
import { DiskFill } from '@/app/_components/disk-fill';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Notice } from '@/app/_components/ui/notice';
import { Panel } from '@/app/_components/ui/panel';
import { diskReport } from '@/lib/disk/report';
import type { DiskReport } from '@/lib/disk/schema';
import { defaultEngine } from '@/lib/engine/engines';
import { engineFacts } from '@/lib/engine/system/status';
import { AppError } from '@/lib/errors';

/** Null while the engine is unreachable: the banner on every page says so. */
async function readReport(): Promise<DiskReport | null> {
  try {
    return await diskReport(defaultEngine(), await engineFacts(defaultEngine()));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Disk use from the last measurement; only the engine page measures. */
export async function Storage() {
  const report = await readReport();
  if (!report) return null;
  const { fileSystem, measurement, advice } = report;
  const { summary } = measurement;
  const urgent = advice.filter(({ level }) => level === 'danger' || level === 'warning');
  const unused = summary ? Object.values(summary).reduce((sum, { unusedSize }) => sum + unusedSize, 0) : 0;
  if (!fileSystem.known && !summary && urgent.length === 0) return null;
  return (
    <Panel
      title="Storage"
      actions={
        <Link href="/engine" className="link text-sm">
          {' '}
          Engine details{' '}
        </Link>
      }
    >
      <div className="flex flex-col gap-3">
        {fileSystem.known ? (
          <div className="max-w-200">
            <DiskFill system={fileSystem} />
          </div>
        ) : null}
        {summary ? (
          <p className="flex flex-wrap gap-x-6 gap-y-1">
            <span>
              images <ByteSize bytes={summary.images.size} />
            </span>
            <span>
              build cache <ByteSize bytes={summary.cache.size} />
            </span>
            {unused > 0 ? (
              <span>
                <ByteSize bytes={unused} /> reclaimable
              </span>
            ) : null}
          </p>
        ) : null}
        {urgent.map(({ key, title, action }) => (
          <Notice key={key} tone="warning" title={title}>
            {action}
          </Notice>
        ))}
      </div>
    </Panel>
  );
}
