import type { AuditFilter } from '@/lib/audit/log/schema';

/** An address with a filter; what is not filtered by is left out. */
export function filterHref(address: '/settings/audit' | '/api/audit', filter: AuditFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, String(value));
  return query.size ? `${address}?${query}` : address;
}
