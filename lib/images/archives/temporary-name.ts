import type { OperationId } from '@/lib/ids';

/** What the engine calls the image of an import until it is complete. */
export const temporaryName = (id: OperationId): string => `layerwright-import:${id}`;
