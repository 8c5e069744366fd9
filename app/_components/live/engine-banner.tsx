'use client';

import { Notice } from '@/app/_components/ui/notice';
import { Duration } from '@/app/_components/ui/time';
import { Waited } from '@/app/_components/ui/waiting';
import { usePulse, useStreamState } from '@/app/_hooks/stream-provider';

const titles = {
  away: 'The Docker Engine is unreachable',
  denied: 'The Docker Engine denies access',
  too_old: 'The Docker Engine is too old',
  stalled: 'The Docker Engine is not answering',
} as const;

const storageTitles = {
  low: 'The server’s disk is running full',
  reserve: 'The server’s disk is almost full',
  full: 'The server’s disk is full',
  busy: 'The database is locked by another program',
  failed: 'The database cannot be used',
} as const;

const waits = 'Running work waits and nothing of it is lost; it goes on by itself.';
const consequences = {
  low: '',
  reserve: 'Running work goes on; no new work is started.',
  full: waits,
  busy: waits,
  failed: waits,
} as const;

/** Shown on every page while the engine is unavailable, or what happens cannot be stored. */
export function EngineBanner() {
  const { engine, storage } = usePulse();
  const stream = useStreamState();
  return (
    <div
      aria-live="polite"
      className="mx-auto flex w-full max-w-336 flex-col gap-2 px-4 empty:hidden sm:px-6 lg:px-8 [&:not(:empty)]:pt-5"
    >
      {engine.state === 'ready' ? null : (
        <Notice tone="warning" title={titles[engine.state]}>
          <p className="break-words">
            {engine.message} So for <Duration from={engine.since} />.
          </p>
          <p className="text-muted">
            {engine.hint} The history can still be read. This notice disappears when the engine is back.
          </p>
        </Notice>
      )}
      {storage.state === 'ready' ? null : (
        <Notice tone={storage.state === 'low' ? 'warning' : 'danger'} title={storageTitles[storage.state]}>
          <p className="break-words">
            {storage.message} So for <Duration from={storage.since} />. {consequences[storage.state]}
          </p>
          <p className="text-muted">{storage.hint}</p>
        </Notice>
      )}
      {stream === 'lost' ? (
        <Notice tone="warning" title="Connection to the server lost">
          Reconnecting. This page may be out of date; running work is not affected. <Waited />
        </Notice>
      ) : null}
    </div>
  );
}
