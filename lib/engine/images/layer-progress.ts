import type { OperationEvent, ProgressEvent, ProgressState } from '@/lib/events/events';
import type { JsonRecord } from '@/lib/engine/wire/json-lines';

const downloaded = 'Download complete';

/** The statuses of a layer in Docker and Podman. */
const states: Record<string, ProgressState> = {
  Preparing: 'waiting',
  Waiting: 'waiting',
  /** A layer that the engine does not have; the registry may have it. */
  Unavailable: 'waiting',
  Pushing: 'active',
  Pushed: 'done',
  'Layer already exists': 'exists',
  'Pulling fs layer': 'waiting',
  Downloading: 'active',
  'Verifying Checksum': 'active',
  [downloaded]: 'active',
  Extracting: 'active',
  'Pull complete': 'done',
  'Already exists': 'exists',
  'Loading layer': 'active',
};

/** `Retrying in 5 seconds` (Docker), `Retrying` */
const isRetry = (status: string) => /^Retrying(?: in |$)/.test(status);

function stateOf(status: string): ProgressState | null {
  if (status.startsWith('Mounted from')) return 'mounted';
  if (isRetry(status)) return 'active';
  return states[status] ?? null;
}

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

const sameBar = (a: ProgressEvent, b: ProgressEvent) =>
  a.state === b.state && a.label === b.label && a.current === b.current && a.total === b.total;

/**
 * Turns the records of a push or pull into events: one progress bar per layer, in order of first appearance, and a log
 * line for every other record. Records that change nothing give no event.
 */
export function layerEvents(step: string) {
  const bars = new Map<string, ProgressEvent>();
  const toEvents = (record: JsonRecord): OperationEvent[] => {
    if (typeof record.status !== 'string') return [];
    const { status, id } = record;
    const state = stateOf(status);
    if (state === null || typeof id !== 'string') {
      const prefix = typeof id === 'string' && id ? `${id}: ` : '';
      return [{ type: 'log', step, stream: 'stdout', text: `${prefix}${status}\n` }];
    }
    const before = bars.get(id);
    const detail = (record.progressDetail ?? {}) as { current?: unknown; total?: unknown; units?: unknown };
    const total = count(detail.total) ?? before?.total;
    // While it unpacks, Docker with the containerd store counts seconds: all bytes are here then.
    const inSeconds = detail.units === 's';
    // The engine compares tar bytes with file bytes, so `current` can exceed `total` a little.
    const reached = inSeconds ? total : (count(detail.current) ?? (state === 'done' ? total : undefined));
    const current = reached !== undefined && total ? Math.min(reached, total) : reached;
    // A load has no status for a completed layer.
    const loaded = status === 'Loading layer' && total !== undefined && current === total;
    const bar: ProgressEvent = {
      type: 'progress',
      step,
      id,
      label: inSeconds ? `${status}, ${String(detail.current)} s` : status,
      state: loaded ? 'done' : state,
      unit: 'bytes',
    };
    if (current !== undefined) bar.current = current;
    if (total) bar.total = total;
    if (isRetry(status)) bar.retrying = true;
    if (before && sameBar(before, bar)) return [];
    bars.set(id, bar);
    return [bar];
  };
  /** What is downloaded and never unpacked, as an attestation, has no other last record. Call it after a success. */
  const completed = (): OperationEvent[] =>
    [...bars.values()]
      .filter(({ label }) => label === downloaded)
      .map((bar): ProgressEvent => ({ ...bar, state: 'done', current: bar.total }));
  return { toEvents, completed };
}
