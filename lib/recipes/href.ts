import type { OperationId } from '@/lib/ids';

/** A project on its way out of a recipe. */
export const recipeHref = (id: OperationId): string => `/recipes/${id}`;
