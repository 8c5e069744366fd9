import { z } from 'zod';
import { type OperationSummary, operationStatuses } from './status';

export * from './status';

export const operationStatus = z.enum(operationStatuses);

export const operationId = z.string().regex(/^[0-9a-z]{16}$/, 'This is not the id of an operation.');

export const operationSummary: z.ZodType<OperationSummary> = z.object({
  id: operationId,
  kind: z.string(),
  href: z.string(),
  status: operationStatus,
  title: z.string(),
  engineId: z.string(),
  userName: z.string().nullable(),
  parentId: z.string().nullable(),
  queuedAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  cancelledAt: z.number().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
});

/** What a command answers that starts, or asks to stop, an operation. */
export const startedOperation = z.object({ id: operationId });
export const cancelledOperation = z.object({ status: operationStatus });
