/** How two images differ in a path. `time`: only because of the time of the build. */
export const differenceKinds = ['content', 'missing', 'extra', 'time'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export const differenceLabels: Record<DifferenceKind, { label: string; meaning: string }> = {
  content: { label: 'Different', meaning: 'In both, but different.' },
  missing: { label: 'Missing', meaning: 'Only the committed image has this change.' },
  extra: { label: 'Extra', meaning: 'Only the built image has this change.' },
  time: {
    label: 'Time-dependent',
    meaning: 'Depends on the build time: logs, caches, databases with timestamps.',
  },
};

export interface Figures {
  /** Changed paths that are the same in both. */
  agree: number;
  /** Paths that differ only with time; not counted. */
  volatile: number;
  different: number;
  missing: number;
  extra: number;
}

/** From 0 to 1: the share of counted paths that agree. */
export function scoreOf({ agree, different, missing, extra }: Figures): number {
  const counted = agree + different + missing + extra;
  return counted === 0 ? 1 : agree / counted;
}

/** Rounded down, so that 100% means no difference. */
export function formatScore(figures: Figures): string {
  const score = scoreOf(figures);
  if (score === 1) return '100%';
  return `${(Math.floor(score * 1000) / 10).toFixed(1)}%`;
}
