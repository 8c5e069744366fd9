import type { BuildOptions } from '@/lib/projects/options/schema';

/** The values of the form as typed, so that incomplete input is kept. */
export interface OptionsForm extends Pick<
  BuildOptions,
  | 'dockerfile'
  | 'noCache'
  | 'pull'
  | 'networkMode'
  | 'builder'
  | 'tags'
  | 'pushTargets'
  | 'buildArgs'
  | 'labels'
> {
  target: string;
  platform: string;
  /** One per line. */
  extraHosts: string;
  cacheFrom: string;
  /** `nofile=1024:2048`, one per line. */
  ulimits: string;
  secrets: string[];
  shmSize: string;
  memory: string;
  cpus: string;
  cpuset: string;
}

const units = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 } as const;

/** Bytes of `512m`, `2g`, `1.5 GB`: powers of 1024, as in Docker. NaN for anything else. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?$/i.exec(text.trim());
  if (!match) return Number.NaN;
  const unit = (match[2]!.toLowerCase() || 'b') as keyof typeof units;
  return Math.round(Number(match[1]) * units[unit]);
}

/** Bytes in the largest unit that gives a whole number. */
export function formatSize(bytes: number): string {
  const unit = (['t', 'g', 'm', 'k'] as const).find((one) => bytes >= units[one] && bytes % units[one] === 0);
  return unit ? `${bytes / units[unit]}${unit}` : String(bytes);
}

export const toForm = (options: BuildOptions): OptionsForm => ({
  ...options,
  target: options.target ?? '',
  platform: options.platform ?? '',
  extraHosts: options.extraHosts.join('\n'),
  cacheFrom: options.cacheFrom.join('\n'),
  ulimits: options.ulimits.map(({ name, soft, hard }) => `${name}=${soft}:${hard}`).join('\n'),
  secrets: options.secrets.map(({ id }) => id),
  shmSize: options.shmSize === undefined ? '' : formatSize(options.shmSize),
  memory: options.memory === undefined ? '' : formatSize(options.memory),
  cpus: options.cpus === undefined ? '' : String(options.cpus),
  cpuset: options.cpuset ?? '',
});

/** The errors of a list field as one text; `Line 2: …` if it has several lines. */
export function errorOf(errors: Record<string, string>, field: string, lines = 0): string | undefined {
  const found = Object.entries(errors).filter(([path]) => path === field || path.startsWith(`${field}.`));
  const texts = found.map(([path, message]) => {
    const index = Number(path.slice(field.length + 1).split('.')[0]);
    return lines > 1 && path !== field && Number.isInteger(index) ? `Line ${index + 1}: ${message}` : message;
  });
  return texts.length ? texts.join(' ') : undefined;
}
