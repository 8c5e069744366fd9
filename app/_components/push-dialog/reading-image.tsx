import { Spinner } from '@/app/_components/ui/spinner';

/** Shown until the options are loaded. */
export function ReadingImage() {
  return (
    <p role="status" className="flex items-center gap-2 py-6 text-muted">
      <Spinner className="size-4" /> Reading the image and the registries…
    </p>
  );
}
