'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Pulse } from '@/lib/operations/status';
import { StreamClient, type StreamState } from './stream-client';

const StreamContext = createContext<StreamClient | null>(null);
const PulseContext = createContext<Pulse | null>(null);

/** Holds the page's one event stream, and the pulse that every page shows. */
export function StreamProvider({ initialPulse, children }: { initialPulse: Pulse; children: ReactNode }) {
  const [client] = useState(() => new StreamClient());
  const [pulse, setPulse] = useState(initialPulse);
  useEffect(() => client.onPulse(setPulse), [client]);
  useEffect(() => client.start(), [client]);
  return (
    <StreamContext value={client}>
      <PulseContext value={pulse}>{children}</PulseContext>
    </StreamContext>
  );
}

export function useStream(): StreamClient {
  const client = useContext(StreamContext);
  if (!client) throw new Error('useStream needs a StreamProvider above it');
  return client;
}

export function usePulse(): Pulse {
  const pulse = useContext(PulseContext);
  if (!pulse) throw new Error('usePulse needs a StreamProvider above it');
  return pulse;
}

export function useStreamState(): StreamState {
  const client = useStream();
  const [state, setState] = useState<StreamState>(client.state);
  useEffect(() => client.onState(setState), [client]);
  return state;
}
