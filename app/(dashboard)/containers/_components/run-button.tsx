import { Play } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';
import { runHref } from '@/lib/containers/choices';

/** To the form that runs an image. Show it to those who may `container:start`. */
export function RunButton({ image }: { image: string }) {
  return (
    <LinkButton href={runHref(image)} icon={<Play aria-hidden />}>
      Run…
    </LinkButton>
  );
}
