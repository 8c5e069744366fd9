'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { mayNotify, notify } from '@/app/_hooks/browser-notices';
import { usePulse, useStream } from '@/app/_hooks/stream-provider';
import { claimNotice } from '@/app/_hooks/notified';
import { useToast } from '@/app/_hooks/use-toast';
import type { OperationSummary } from '@/lib/operations/status';
import { describeEnd } from './end-notice';

/** Interval of requests in a hidden tab, which has no stream. */
const pollMs = 5000;
/** Delay for tabs that do not show the operation: a tab that does goes first. */
const deferMs = 400;
const storageKey = 'layerwright-watched';

/** The operations that this tab waits for; survives a reload. */
function readWatched(): Set<string> {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(storageKey) ?? '[]') as string[]);
  } catch {
    return new Set(); // storage is disabled: forgotten on reload
  }
}

function writeWatched(ids: ReadonlySet<string>): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify([...ids]));
  } catch {
    return; // storage is disabled
  }
}

/** Those that have ended; null if the server is unreachable. */
async function findEnded(ids: string[]): Promise<OperationSummary[] | null> {
  try {
    const response = await fetch(`/api/operations/ended?ids=${ids.join(',')}`);
    return response.ok ? ((await response.json()) as OperationSummary[]) : null;
  } catch {
    return null;
  }
}

/**
 * Notifies when an operation ends that was started or viewed in this tab: in the page, or by a browser notification
 * while no tab of the app is visible. Each end is notified once, and not if a page shows it.
 */
export function EndNotices({ userName }: { userName: string }) {
  const { active } = usePulse();
  const stream = useStream();
  const toast = useToast();
  const router = useRouter();
  const watched = useRef<Set<string> | null>(null);

  const notifyEnd = async (operation: OperationSummary) => {
    const notice = describeEnd(operation);
    const { href } = notice.action;
    const isSeen = () =>
      !document.hidden && (stream.hasShownEnd(operation.id) || window.location.pathname === href);
    if (!isSeen()) await new Promise((resolve) => setTimeout(resolve, deferMs));
    if (!(await claimNotice(operation.id)) || isSeen()) return;
    const open = () => router.push(href);
    if (document.hidden && mayNotify() && notify(operation.id, notice.title, notice.text, open)) return;
    toast(notice);
  };
  const checkEnded = async (ids: string[]) => {
    const ended = await findEnded(ids);
    for (const operation of ended ?? []) {
      // Another request may have finished first.
      if (watched.current?.delete(operation.id)) void notifyEnd(operation);
    }
    if (watched.current) writeWatched(watched.current);
  };
  const latest = useRef(checkEnded);
  useEffect(() => {
    latest.current = checkEnded;
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
    }, pollMs);
    return () => clearInterval(timer);
  }, []);

  return null;
}
