'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { mayNotify, notify } from '@/app/_hooks/browser-notices';
import { usePulse, useStream } from '@/app/_hooks/stream-provider';
import { claimNotice } from '@/app/_hooks/notified';
import { useToast } from '@/app/_hooks/use-toast';
import type { OperationSummary } from '@/lib/operations/status';
import { describeEnd } from './end-notice';

/** ms. A hidden tab has no stream, so it asks. */
const askEvery = 5000;
/** ms. A tab in which the end is being looked at goes first, and then no other tells of it. */
const standBack = 400;
const kept = 'layerwright-watched';

/** What this tab waits for, over reloads too. */
function readWatched(): Set<string> {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(kept) ?? '[]') as string[]);
  } catch {
    return new Set(); // a browser that keeps nothing: a reload forgets
  }
}

function writeWatched(ids: ReadonlySet<string>): void {
  try {
    sessionStorage.setItem(kept, JSON.stringify([...ids]));
  } catch {
    return; // as above
  }
}

/** Those of them that have ended. Null while the server cannot be asked: later, then. */
async function findEnded(ids: string[]): Promise<OperationSummary[] | null> {
  try {
    const response = await fetch(`/api/operations/ended?ids=${ids.join(',')}`);
    return response.ok ? ((await response.json()) as OperationSummary[]) : null;
  } catch {
    return null;
  }
}

/**
 * Tells when work ends that one started here or has looked at while it ran: in the page, or through the browser while
 * no tab of ours is seen; once, and not where its end is seen anyway.
 */
export function EndNotices({ userName }: { userName: string }) {
  const { active } = usePulse();
  const stream = useStream();
  const toast = useToast();
  const router = useRouter();
  const watched = useRef<Set<string> | null>(null);

  const tell = async (operation: OperationSummary) => {
    const notice = describeEnd(operation);
    const { href } = notice.action;
    const isSeen = () =>
      !document.hidden && (stream.hasShownEnd(operation.id) || window.location.pathname === href);
    if (!isSeen()) await new Promise((resolve) => setTimeout(resolve, standBack));
    if (!(await claimNotice(operation.id)) || isSeen()) return;
    const open = () => router.push(href);
    if (document.hidden && mayNotify() && notify(operation.id, notice.title, notice.text, open)) return;
    toast(notice);
  };
  const look = async (ids: string[]) => {
    const ended = await findEnded(ids);
    for (const operation of ended ?? []) {
      // Another look may have been faster.
      if (watched.current?.delete(operation.id)) void tell(operation);
    }
    if (watched.current) writeWatched(watched.current);
  };
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });

  useEffect(() => {
    const ids = (watched.current ??= readWatched());
    for (const { id, userName: by } of active) if (by === userName || stream.hasFollowed(id)) ids.add(id);
    writeWatched(ids);
    const gone = [...ids].filter((id) => !active.some((operation) => operation.id === id));
    if (gone.length > 0 && !document.hidden) void latest.current(gone);
  }, [active, stream, userName]);

  useEffect(() => {
    const timer = setInterval(() => {
      const ids = [...(watched.current ?? [])];
      if (document.hidden && ids.length > 0 && mayNotify()) void latest.current(ids);
    }, askEvery);
    return () => clearInterval(timer);
  }, []);

  return null;
}
