import { Play } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';
import { runHref } from '@/lib/containers/choices';

/** A link to the form that runs an image, for users who may `container:start`. */
export function RunButton({ image }: { image: string }) {
  return (
    <LinkButton href={runHref(image)} icon={<Play aria-hidden />}>
      Run…
    </LinkButton>
  );
}
