import { DiskFill } from '@/app/_components/disk-fill';
import { ByteSize } from '@/app/_components/ui/byte-size';
import type { FileSystem } from '@/lib/disk/schema';

/** The file system of the data root, and its free space. */
export function FileSystemFacts({ system }: { system: FileSystem }) {
  if (!system.known) return <p className="max-w-200 text-muted">{system.reason}</p>;
  const { free, mountedAt, source, type, own, inodes, freeInodes } = system;
  return (
    <div className="flex max-w-200 flex-col gap-3">
      <DiskFill system={system} />
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 max-sm:grid-cols-1 max-sm:gap-y-0.5">
        <dt className="text-muted">File system</dt>
        <dd className="min-w-0 break-words">
          {type} on <span className="font-mono text-sm break-all">{source}</span>, mounted at{' '}
          <span className="font-mono text-sm break-all">{mountedAt}</span>
        </dd>
        <dt className="text-muted max-sm:mt-2">Dedicated</dt>
        <dd>{own ? 'Yes' : 'No: other files of the machine use it too'}</dd>
        <dt className="text-muted max-sm:mt-2">Free</dt>
        <dd>
          <ByteSize bytes={free} />
          {inodes > 0
            ? `, ${freeInodes.toLocaleString('en-US')} of ${inodes.toLocaleString('en-US')} inodes`
            : null}
        </dd>
      </dl>
    </div>
  );
}
