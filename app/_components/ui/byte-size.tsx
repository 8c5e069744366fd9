import { formatBytes, formatExactBytes } from '@/lib/format/bytes';

/** `1.98 MB`, exact bytes on hover. Null: unknown. */
export function ByteSize({ bytes }: { bytes: number | null }) {
  if (bytes === null)
    return (
      <span
        title="The engine does not say. It knows the size of a layer only if it has unpacked it."
        className="text-faint"
      >
        unknown
      </span>
    );
  return (
    <span title={formatExactBytes(bytes)} className="whitespace-nowrap tabular-nums">
      {formatBytes(bytes)}
    </span>
  );
}
