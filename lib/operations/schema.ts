import { z } from 'zod';
import { operationStatuses } from './status';

export * from './status';

export const operationStatus = z.enum(operationStatuses);

export const operationId = z.string().regex(/^[0-9a-z]{16}$/, 'This is not the id of an operation.');

/** What a command answers that starts, or asks to stop, an operation. */
export const startedOperation = z.object({ id: operationId });
export const cancelledOperation = z.object({ status: operationStatus });
