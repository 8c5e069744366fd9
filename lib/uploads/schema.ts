import { z } from 'zod';
import { limits, uploadKinds } from './limits';

export * from './limits';

export const uploadId = z.string().regex(/^[0-9a-f]{32}$/, 'Not an upload id.');

/** Metadata that a client sends with an upload (tus). */
export const uploadMetadata = z.object({
  name: z.string().trim().min(1).max(limits.nameBytes),
  kind: z.enum(uploadKinds).default('archive'),
});
