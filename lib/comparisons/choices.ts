/** Why two images differ in a path. `time`: only because it was made at another time. */
export const differenceKinds = ['content', 'missing', 'extra', 'time'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export const differenceLabels: Record<DifferenceKind, { label: string; meaning: string }> = {
  content: { label: 'Different', meaning: 'In both, and not the same.' },
  missing: { label: 'Missing', meaning: 'The committed image has this change, and the build has not.' },
  extra: { label: 'Extra', meaning: 'The build changed this, and the committed image has not.' },
  time: {
    label: 'Time-dependent',
    meaning: 'Differs with the time it was made: logs, caches, databases with times.',
  },
};

export const aspects = ['type', 'mode', 'owner', 'target', 'content', 'attributes'] as const;
export type Aspect = (typeof aspects)[number];

export interface Figures {
  /** Changed paths that are the same in both. */
  agree: number;
  /** Paths that differ only with time: they do not count. */
  volatile: number;
  different: number;
  missing: number;
  extra: number;
}

/** From 0 to 1: paths that agree of all that changed, those that differ only with time left out. */
export function scoreOf({ agree, different, missing, extra }: Figures): number {
  const counted = agree + different + missing + extra;
  return counted === 0 ? 1 : agree / counted;
}

/** Never 100 % where something differs. */
export function formatScore(figures: Figures): string {
  const score = scoreOf(figures);
  if (score === 1) return '100 %';
  return `${(Math.floor(score * 1000) / 10).toFixed(1)} %`;
}
