'use client';

import { FailedPage } from '@/app/_components/failed-page';

export default function RootError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <main className="mx-auto max-w-160 px-4">
      <FailedPage error={error} retry={retry} />
    </main>
  );
}
