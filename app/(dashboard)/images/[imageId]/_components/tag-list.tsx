'use client';

import { Plus, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { removeTag } from '@/app/(dashboard)/images/actions';
import { TagDialog } from '@/app/(dashboard)/images/_components/tag-dialog';
import { Button } from '@/app/_components/ui/button';
import { CopyText } from '@/app/_components/ui/copy';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Panel } from '@/app/_components/ui/panel';
import { Reference } from '@/app/_components/ui/reference';
import { answered } from '@/app/_hooks/answered';
import { useToast } from '@/app/_hooks/use-toast';
import { shortDigest } from '@/lib/format/text';

interface TagListProps {
  image: { id: string; tags: string[]; digests: string[] };
  may: { tag: boolean; remove: boolean };
}

/** The tags of an image, each with a remove button, and its digests in registries. */
export function TagList({ image, may }: TagListProps) {
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<string | null>(null);
  const last = image.tags.length === 1;
  // With the containerd store every name has the image's own id as its digest, whether a registry has it or not.
  const digests = image.digests.filter((digest) => !digest.endsWith(`@${image.id}`));
  return (
    <Panel
      title="Tags"
      actions={
        may.tag ? (
          <Button size="small" icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
            Add tag
          </Button>
        ) : null
      }
    >
      {image.tags.length ? (
        <ul className="flex flex-col">
          {image.tags.map((tag) => (
            <li key={tag} className="flex min-h-8 items-center gap-3">
              <Reference value={tag} />
              {may.tag && (!last || may.remove) ? (
                <IconButton label={`Remove tag ${tag}`} icon={<X />} onClick={() => setLeaving(tag)} />
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">Untagged: only its id identifies this image, and a clean-up removes it.</p>
      )}
      {digests.length ? (
        <dl className="mt-3 flex flex-col gap-1 border-t border-line pt-3 text-sm">
          {digests.map((digest) => {
            const [repository = '', value = ''] = digest.split('@');
            return (
              <div key={digest} className="flex flex-wrap items-baseline gap-x-3">
                <dt className="font-mono break-all text-muted">{repository}</dt>
                <dd>
                  <CopyText
                    text={digest}
                    shown={shortDigest(value)}
                    label="Copy reference"
                    className="max-w-none"
                  />
                </dd>
              </div>
            );
          })}
        </dl>
      ) : null}
      <TagDialog image={image} open={adding} onOpenChange={setAdding} />
      <LeaveDialog id={image.id} tag={leaving} last={last} onClose={() => setLeaving(null)} />
    </Panel>
  );
}

function LeaveDialog({
  id,
  tag,
  last,
  onClose,
}: {
  id: string;
  tag: string | null;
  last: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const toast = useToast();
  return (
    <ConfirmDialog
      open={tag !== null}
      onOpenChange={onClose}
      title={last ? 'Remove the last tag?' : 'Remove this tag?'}
      confirmLabel={last ? 'Remove tag and image' : 'Remove tag'}
      onConfirm={async () => {
        const result = await answered(removeTag)({ id, tag: tag ?? '', withImage: last });
        if (!result.ok) return result;
        toast({
          tone: 'success',
          title: result.data.imageRemoved ? `${tag} and its image removed` : `Tag ${tag} removed`,
        });
        if (result.data.imageRemoved) router.push('/images');
        return result;
      }}
    >
      <p className="font-mono break-all">{tag}</p>
      <p>
        {last
          ? 'This is the last tag of the image. The engine removes the image with it, and all layers that no other image uses.'
          : 'The image and its other tags are kept, and so are copies in registries.'}
      </p>
    </ConfirmDialog>
  );
}
