import type { AuditOutcome } from '@/lib/audit/schema';

export const auditOutcomeLabels: Record<AuditOutcome, string> = {
  done: 'Done',
  denied: 'Denied',
  failed: 'Failed',
  asked: 'No outcome',
};
