import Link from 'next/link';
import { CopyText } from '@/app/_components/ui/copy';
import { Panel } from '@/app/_components/ui/panel';
import { Reference } from '@/app/_components/ui/reference';
import { StatusIcon } from '@/app/_components/ui/status-mark';
import { shortDigest } from '@/lib/format/text';
import { imageHref } from '@/lib/images/href';
import type { PushDetails, PushOutcome } from '@/lib/images/schema';

/** Image and target; after the push, also the verified digest and the pull commands. */
export function PushFacts({ push, pushed }: { push: PushDetails; pushed: PushOutcome | null }) {
  const { input } = push;
  return (
    <Panel>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-6 gap-y-1.5">
        <dt className="text-muted">Image</dt>
        <dd className="min-w-0">
          <Link href={imageHref(input.imageId)} className="link font-mono text-sm">
            {shortDigest(input.imageId)}
          </Link>
          {input.name ? <span className="ml-2 font-mono text-sm text-muted">{input.name}</span> : null}
        </dd>
        <dt className="text-muted">Pushed as</dt>
        <dd className="min-w-0">
          <Reference value={input.reference} max={80} />
        </dd>
        {pushed ? <Arrived pushed={pushed} /> : null}
      </dl>
    </Panel>
  );
}

function Arrived({ pushed }: { pushed: PushOutcome }) {
  const repository = pushed.reference.replace(/:[^:/]+$/, '');
  const commands = [`docker pull ${pushed.reference}`, `docker pull ${repository}@${pushed.digest}`];
  return (
    <>
      <dt className="text-muted">Verification</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-2">
        <span aria-hidden className="inline-flex">
          <StatusIcon status={pushed.partial ? 'interrupted' : 'succeeded'} />
        </span>
        <span>
          {pushed.verifiedBy === 'registry'
            ? 'Digest verified by the registry'
            : 'Digest verified through the engine'}
          {pushed.partial ? `, of ${pushed.partial.pushed} only` : ''}
        </span>
        {pushed.partial ? (
          <span className="text-interrupted-ink">
            The engine does not have the image’s other platforms
            {pushed.partial.missing.length > 0 ? `: ${pushed.partial.missing.join(', ')}` : ''}
          </span>
        ) : null}
      </dd>
      <dt className="text-muted">Digest</dt>
      <dd className="min-w-0">
        <CopyText text={pushed.digest} label="Copy digest" />
      </dd>
      <dt className="text-muted">Pull command</dt>
      <dd className="flex min-w-0 flex-col items-start gap-1">
        {commands.map((command) => (
          <CopyText key={command} text={command} label="Copy command" />
        ))}
      </dd>
    </>
  );
}
