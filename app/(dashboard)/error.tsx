'use client';

import { FailedPage } from '@/app/_components/failed-page';

export default function DashboardError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return <FailedPage error={error} retry={retry} />;
}
