'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';

const againAfterMs = 2000;

let answering: Promise<void> | undefined;

async function untilAnswered(): Promise<void> {
  for (;;) {
    try {
      if ((await fetch('/api/health', { cache: 'no-store' })).ok) return;
    } catch {
      // No connection: asked again.
    }
    await new Promise((resolve) => setTimeout(resolve, againAfterMs));
  }
}

/** Resolves when the server answers; all callers share one question. */
export function serverAnswers(): Promise<void> {
  answering ??= untilAnswered().finally(() => {
    answering = undefined;
  });
  return answering;
}

/**
 * Refreshes the page's server data, once the server answers. Where its request fails, the router loads the whole page
 * again instead, which loses what was typed.
 */
export function useRefresh(): () => void {
  const router = useRouter();
  return useCallback(() => void serverAnswers().then(() => router.refresh()), [router]);
}
