import { Waiting } from '@/app/_components/ui/waiting';

/** Shown until the options are loaded. */
export const ReadingImage = () => (
  <Waiting className="py-6 text-muted">Reading the image and the registries…</Waiting>
);
