'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Pulse } from '@/lib/operations/status';
import { installRouterRequests } from './router-requests';
import { StreamClient, type StreamState } from './stream-client';

if (typeof window !== 'undefined') installRouterRequests();

const StreamContext = createContext<StreamClient | null>(null);

/** Provides the page's event stream and the pulse. */
export function StreamProvider({ initialPulse, children }: { initialPulse: Pulse; children: ReactNode }) {
  const [client] = useState(() => new StreamClient(initialPulse));
  useEffect(() => client.start(), [client]);
  return <StreamContext value={client}>{children}</StreamContext>;
}

export function useStream(): StreamClient {
  const client = useContext(StreamContext);
  if (!client) throw new Error('useStream needs a StreamProvider above it');
  return client;
}

/**
 * Not a separate context: a context that changes while a page still streams makes React render it again on the client,
 * which loses typed input.
 */
export function usePulse(): Pulse {
  const client = useStream();
  return useSyncExternalStore(
    client.onPulse,
    () => client.pulse,
    () => client.firstPulse,
  );
}

export function useStreamState(): StreamState {
  const client = useStream();
  return useSyncExternalStore(
    client.onState,
    () => client.state,
    () => 'connecting' as const,
  );
}
