import type { OperationId } from '@/lib/ids';

/** Parameters of the page that creates a project from a recipe. */
export const recipeHref = (id: OperationId): string => `/recipes/${id}`;
