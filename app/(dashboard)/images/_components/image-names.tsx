import Link from 'next/link';
import { formatCount, shortDigest } from '@/lib/format/text';
import { imageHref } from '@/lib/images/href';

/** Tags shown in a row of the list. */
const shown = 3;

/** The names of an image, the first as the link to its page. */
export function ImageNames({ id, tags }: { id: string; tags: string[] }) {
  const [first, ...others] = tags;
  return (
    <span className="flex min-w-0 flex-col">
      <Link href={imageHref(id)} className="link truncate font-mono font-medium" title={first}>
        {first ?? shortDigest(id)}
      </Link>
      {first ? null : <span className="text-sm text-muted">untagged</span>}
      {others.slice(0, shown - 1).map((tag) => (
        <span key={tag} className="truncate font-mono text-sm text-muted" title={tag}>
          {tag}
        </span>
      ))}
      {others.length >= shown ? (
        <span className="text-sm text-muted" title={others.slice(shown - 1).join('\n')}>
          +{formatCount(others.length - shown + 1, 'tag')}
        </span>
      ) : null}
    </span>
  );
}
