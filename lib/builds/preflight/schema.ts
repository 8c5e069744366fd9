export type PreflightLevel = 'ok' | 'unknown' | 'warning' | 'problem';

/** One thing that was looked at before a build; it never keeps a build from starting. */
export interface PreflightItem {
  key: string;
  level: PreflightLevel;
  title: string;
  /** What was found. */
  detail: string;
  /** What to do; empty where nothing needs to be done. */
  hint: string;
  /** Where that is done. */
  href?: string;
}

export interface Preflight {
  items: PreflightItem[];
  /** In ms since 1970. */
  at: number;
}
