'use client';

import { SquareTerminal, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startPush } from '@/app/(dashboard)/images/actions';
import { RunButton } from '@/app/(dashboard)/containers/_components/run-button';
import { ImageMenu, type MayWithImages } from '@/app/(dashboard)/images/_components/image-menu';
import type { Removable } from '@/app/(dashboard)/images/_components/remove-image';
import { startOnce } from '@/app/_hooks/start-once';
import { PushDialog } from '@/app/_components/push-dialog/push-dialog';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { pushHref } from '@/lib/images/href';

interface ImageActionsProps {
  image: Removable;
  may: MayWithImages;
  /** The last push target of this tag. */
  recent?: string;
}

/** One click pushes to the last target; other actions open dialogs. */
export function ImageActions({ image, may, recent }: ImageActionsProps) {
  return (
    <>
      {may.run ? <RunButton image={image.id} /> : null}
      {may.push && recent ? <PushAgain image={image.id} target={recent} /> : null}
      {may.push ? (
        <PushDialog
          image={image.id}
          reference={image.tags[0]}
          variant={recent ? 'secondary' : 'primary'}
          label={recent ? 'Push elsewhere…' : 'Push…'}
        />
      ) : null}
      {may.workbench ? (
        <LinkButton
          href={`/workbenches/new?${new URLSearchParams({ image: image.tags[0] ?? image.id })}`}
          icon={<SquareTerminal aria-hidden />}
        >
          Workbench
        </LinkButton>
      ) : null}
      <ImageMenu image={image} may={may} withPush={false} />
    </>
  );
}

function PushAgain({ image, target }: { image: string; target: string }) {
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  const push = async () => {
    setPending(true);
    const result = await startOnce(startPush, { image, target: { reference: target } });
    if (result.ok) return router.push(pushHref(result.data.id));
    setPending(false);
    toast(failureToast('The push could not be started', result, () => void push()));
  };
  const host = target.split('/')[0]!;
  return (
    <Button
      variant="primary"
      icon={<Upload aria-hidden />}
      pending={pending}
      title={`Push to ${target}`}
      onClick={() => void push()}
    >
      Push to {/[.:]/.test(host) ? host : 'Docker Hub'}
    </Button>
  );
}
