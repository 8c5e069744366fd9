'use client';

import { StatusPage } from './status-page';
import { Button, LinkButton } from './ui/button';

/** The server's own words stay in its log; the digest is how to find them there. */
export function FailedPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <StatusPage
      title="This page could not be shown"
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <LinkButton href="/">To the overview</LinkButton>
        </>
      }
    >
      <p>
        Something went wrong while it was put together. What is running goes on, and nothing that was stored
        is lost.
      </p>
      {error.digest ? (
        <p className="text-sm">
          In the server’s log it is <code className="font-mono">{error.digest}</code>.
        </p>
      ) : null}
    </StatusPage>
  );
}
