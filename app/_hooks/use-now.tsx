'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

/** One clock for the page, so that all times update together. */
function makeClock(periodMs: number) {
  const listeners = new Set<() => void>();
  let now = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      timer ??= setInterval(tick, periodMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        now = 0;
      };
    },
    read: () => (now ||= Date.now()),
  };
}

const fast = makeClock(200);
const slow = makeClock(10_000);
const still = () => () => {};

const ServerNow = createContext(0);

/** Passes the server's render time to the page, so that hydration renders the same text. */
export function NowProvider({ at, children }: { at: number; children: ReactNode }) {
  return <ServerNow value={at}>{children}</ServerNow>;
}

/** Milliseconds since 1970, updated at the given interval. */
export function useNow(pace: 'fast' | 'slow' | 'still'): number {
  const server = useContext(ServerNow);
  const clock = pace === 'fast' ? fast : slow;
  return useSyncExternalStore(pace === 'still' ? still : clock.subscribe, clock.read, () => server);
}

/** False until hydrated: until then, render only what the server knows. */
export const useAwake = (): boolean =>
  useSyncExternalStore(
    still,
    () => true,
    () => false,
  );
