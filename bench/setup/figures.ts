/** The value that a share of all values does not exceed: 0.5 for the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** `320 ms`, `4.21 s` */
export const formatMs = (ms: number): string =>
  ms < 1000 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;

export const formatTimes = (ratio: number): string => `${ratio.toFixed(2)} ×`;

const MiB = 1024 * 1024;
export const formatMiB = (bytes: number): string => `${(bytes / MiB).toFixed(0)} MiB`;
