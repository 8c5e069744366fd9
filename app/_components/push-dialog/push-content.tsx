'use client';

import { useEffect, useState } from 'react';
import { loadPushOptions } from '@/app/(dashboard)/images/actions';
import { ErrorState } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import type { ActionResult } from '@/lib/actions/result';
import type { PushOptions } from '@/lib/images/schema';
import { PushPanel } from './push-panel';
import { ReadingImage } from './reading-image';

export interface Pushed {
  /** Id of the image, or a reference. */
  image: string;
  /** The tag that the page shows it under; prefilled if the image has several. */
  reference?: string;
}

async function load({ image, reference }: Pushed): Promise<ActionResult<PushOptions>> {
  const byName = reference ? await answered(loadPushOptions)({ image: reference }) : null;
  // The tag may point to another image by now: push by id.
  const isThis = byName?.ok && (!image.startsWith('sha256:') || byName.data.imageId === image);
  return isThis ? byName : answered(loadPushOptions)({ image });
}

export function PushContent({ image, reference, onDone }: Pushed & { onDone: () => void }) {
  const [options, setOptions] = useState<ActionResult<PushOptions> | null>(null);
  useEffect(() => {
    let left = false;
    void load({ image, reference }).then((found) => (left ? undefined : setOptions(found)));
    return () => {
      left = true;
    };
  }, [image, reference]);
  if (options?.ok) return <PushPanel options={options.data} onDone={onDone} />;
  if (options) return <ErrorState error={options} title="The image cannot be pushed" />;
  return <ReadingImage />;
}
