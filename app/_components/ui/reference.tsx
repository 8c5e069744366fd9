import { shortDigest, shortenMiddle } from '@/lib/format/text';
import { CopyText } from './copy';

/** An image reference: host and path muted; long ones are shortened in the middle. Copied on click. */
export function Reference({
  value,
  max = 56,
  className,
}: {
  value: string;
  max?: number;
  className?: string;
}) {
  const short = shortenMiddle(value, max);
  const slash = short.lastIndexOf('/');
  return (
    <CopyText
      text={value}
      label="Copy reference"
      className={className}
      shown={
        <>
          {slash >= 0 ? <span className="text-muted">{short.slice(0, slash + 1)}</span> : null}
          {short.slice(slash + 1)}
        </>
      }
    />
  );
}

/** The first digits of a digest or id; copies the full value. */
export function Digest({ value, label = 'Copy digest' }: { value: string; label?: string }) {
  return <CopyText text={value} shown={shortDigest(value)} label={label} className="max-w-none text-muted" />;
}
