import type { OperationId } from '@/lib/ids';

export const buildHref = (id: OperationId): string => `/builds/${id}`;
