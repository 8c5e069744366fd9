import { z } from 'zod';
import { uploadId } from '@/lib/uploads/schema';
import { parseReference } from '@/lib/references/reference';
import { problemOfChange } from './choices';

export * from './choices';

const changes = z
  .array(z.string().max(4096))
  .max(64)
  .superRefine((lines, context) => {
    for (const [index, line] of lines.entries()) {
      const problem = problemOfChange(line);
      if (problem) context.addIssue({ code: 'custom', message: `Line ${index + 1}: ${problem}` });
    }
  });

/** A name for what is imported; refused with Docker's reason. */
const importName = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const parsed = parseReference(text);
    const reason = !parsed.ok
      ? parsed.reason
      : parsed.reference.digest
        ? 'A digest cannot be used as a name.'
        : null;
    if (reason) context.addIssue({ code: 'custom', message: reason });
  });

export const importInput = z.object({
  uploadId,
  /** Of the file, for people. */
  fileName: z.string().max(255).default(''),
  reference: importName,
  changes: changes.default([]),
  message: z.string().trim().max(1000).default(''),
});
export type ImportInput = z.output<typeof importInput>;

export const importResult = z.object({ id: z.string(), reference: z.string(), size: z.number() });
export type ImportResult = z.output<typeof importResult>;

export const loadInput = z.object({ uploadId, fileName: z.string().max(255).default('') });
export type LoadInput = z.output<typeof loadInput>;

export const loadResult = z.object({
  images: z.array(z.object({ reference: z.string().nullable(), id: z.string() })),
});
export type LoadResult = z.output<typeof loadResult>;

/** Images of one archive; each a name or an id. */
export const saveInput = z.array(z.string().min(1).max(1024)).min(1).max(200);
