import 'server-only';
import { download } from '@/lib/commands/bytes';
import { query } from '@/lib/commands/command';
import { auditFilter, verification } from './schema';
import { exportLines } from './store';
import { verifyAudit as verify } from './verify';

/** Lines of JSON, created while they are read. */
export const exportAudit = query({
  name: 'audit.export',
  permission: 'audit:read',
  input: auditFilter,
  output: download,
  run: (filter) => ({
    name: `audit-${new Date().toISOString().slice(0, 10)}.jsonl`,
    type: 'application/jsonl; charset=utf-8',
    body: exportLines(filter),
  }),
});

export const verifyAudit = query({
  name: 'audit.verify',
  permission: 'audit:read',
  output: verification,
  run: () => verify(),
});
