export const comparisonHref = (id: string): string => `/comparisons/${id}`;
