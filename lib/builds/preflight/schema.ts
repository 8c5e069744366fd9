import { z } from 'zod';

const preflightLevel = z.enum(['ok', 'unknown', 'warning', 'problem']);
export type PreflightLevel = z.infer<typeof preflightLevel>;

/** One thing that was looked at before a build; it never keeps a build from starting. */
const preflightItem = z.object({
  key: z.string(),
  level: preflightLevel,
  title: z.string(),
  /** What was found. */
  detail: z.string(),
  /** What to do; empty where nothing needs to be done. */
  hint: z.string(),
  /** Where that is done. */
  href: z.string().optional(),
});
export type PreflightItem = z.infer<typeof preflightItem>;

export const preflight = z.object({
  items: z.array(preflightItem),
  /** In ms since 1970. */
  at: z.number(),
});
export type Preflight = z.infer<typeof preflight>;
