import { formatBytes, formatExactBytes } from '@/lib/format/bytes';

/** `1.98 MB`, exact bytes on hover. */
export function ByteSize({ bytes }: { bytes: number }) {
  return (
    <span title={formatExactBytes(bytes)} className="whitespace-nowrap tabular-nums">
      {formatBytes(bytes)}
    </span>
  );
}
