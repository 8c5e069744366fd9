'use client';

import { useEffect, useRef, useState } from 'react';
import type { ShownError } from '@/app/_components/ui/error-state';
import type { UploadId } from '@/lib/ids';
import { type RunningUpload, startUpload, type UploadSource } from './upload-client';

export interface UploadState {
  sent: number;
  total: number;
  /** Bytes per second over the last seconds; null until known. */
  rate: number | null;
  paused: boolean;
  error: ShownError | null;
}

/** Window of the speed measurement. */
const rateWindowMs = 5000;

/** Speed over the last seconds; parts sent before a resume do not count. */
function rateMeter() {
  let samples: { at: number; sent: number }[] = [];
  return {
    reset: () => (samples = []),
    add(sent: number): number | null {
      const at = performance.now();
      samples = [...samples.filter((sample) => at - sample.at < rateWindowMs), { at, sent }];
      const first = samples[0]!;
      return at - first.at < 500 ? null : Math.max(0, ((sent - first.sent) * 1000) / (at - first.at));
    },
  };
}

/** One upload at a time; leaving the page interrupts it, and it can be resumed later. */
export function useUpload() {
  const [state, setState] = useState<UploadState | null>(null);
  const running = useRef<RunningUpload | null>(null);
  const [meter] = useState(rateMeter);

  useEffect(() => () => running.current?.pause(), []);

  // The browser asks before leaving a page with a running upload.
  const sending = state !== null && state.error === null && state.sent < state.total;
  useEffect(() => {
    if (!sending) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [sending]);

  const change = (update: Partial<UploadState>) => setState((before) => before && { ...before, ...update });

  return {
    state,
    start: (source: UploadSource, onDone: (uploadId: UploadId) => void) => {
      meter.reset();
      setState({ sent: 0, total: source.blob.size, rate: null, paused: false, error: null });
      running.current = startUpload(source, {
        onProgress: (sent) => change({ sent, rate: meter.add(sent), error: null }),
        onDone: (id) => {
          running.current = null;
          onDone(id);
        },
        onError: (error) => change({ error, rate: null, paused: true }),
      });
    },
    pause: () => {
      running.current?.pause();
      meter.reset();
      change({ paused: true, rate: null });
    },
    resume: () => {
      meter.reset();
      change({ paused: false, error: null });
      running.current?.resume();
    },
    /** The upload is done and in use. */
    clear: () => setState(null),
    cancel: () => {
      running.current?.cancel();
      running.current = null;
      setState(null);
    },
  };
}
