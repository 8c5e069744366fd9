'use client';

import { StatusPage } from './status-page';
import { Button, LinkButton } from './ui/button';

/** The message stays in the server's log, where the digest finds it. */
export function FailedPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <StatusPage
      title="This page could not be loaded"
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <LinkButton href="/">Go to overview</LinkButton>
        </>
      }
    >
      <p>An unexpected error occurred. Running work continues, and no stored data is lost.</p>
      {error.digest ? (
        <p className="text-sm">
          Error id in the server log: <code className="font-mono">{error.digest}</code>.
        </p>
      ) : null}
    </StatusPage>
  );
}
