/** A project on its way out of a recipe. */
export const recipeHref = (id: string): string => `/recipes/${id}`;
