'use client';

import './globals.css';
import { FailedPage } from '@/app/_components/failed-page';

/** Replaces the whole document when the root layout fails. */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <title>Layerwright</title>
        <main className="mx-auto max-w-160 px-4">
          <FailedPage error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
