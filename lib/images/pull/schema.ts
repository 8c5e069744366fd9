import { z } from 'zod';
import { parseReference } from '@/lib/references/reference';

export const pullInput = z.object({
  /** A name with a tag or a digest. */
  reference: z
    .string()
    .trim()
    .superRefine((text, context) => {
      const parsed = parseReference(text);
      if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.reason });
    }),
});
export type PullInput = z.output<typeof pullInput>;

export const pullResult = z.object({
  id: z.string(),
  reference: z.string(),
  /** Of the manifest at the registry; null where the engine does not say. */
  digest: z.string().nullable(),
  size: z.number(),
  /** The engine had exactly this image before. */
  unchanged: z.boolean(),
});
export type PullResult = z.output<typeof pullResult>;

/** A registry whose images can be pulled with what is stored for it. */
export interface PullRegistry {
  host: string;
  name: string;
  username: string | null;
}
