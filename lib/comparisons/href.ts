import type { OperationId } from '@/lib/ids';

export const comparisonHref = (id: OperationId): string => `/comparisons/${id}`;
