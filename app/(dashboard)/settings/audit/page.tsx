import { Download } from 'lucide-react';
import { buttonClasses, LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { Pagination } from '@/app/_components/ui/pagination';
import { Panel } from '@/app/_components/ui/panel';
import { Notice } from '@/app/_components/ui/notice';
import { allCommands } from '@/lib/actions/all-commands';
import { waitingOutcomes } from '@/lib/audit/append';
import { auditFilter } from '@/lib/audit/log/schema';
import { listEntries } from '@/lib/audit/log/store';
import { requirePermission } from '@/lib/auth/require-user';
import { formatCount } from '@/lib/format/text';
import { AuditFilters } from './audit-filters';
import { AuditTable } from './audit-table';
import { filterHref } from './filter-href';
import { VerifyChain } from './verify-chain';

export const metadata = { title: 'Audit log' };

const pageSize = 50;
const page = '/settings/audit';

const commands = () =>
  allCommands
    .filter(({ readOnly }) => !readOnly)
    .map(({ name }) => name)
    .toSorted();

export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await requirePermission('audit:read');
  const { before, ...filter } = auditFilter.catch({}).parse(await searchParams);
  const { entries, more } = await listEntries({ ...filter, before }, pageSize);
  return (
    <div className="flex flex-col gap-5">
      <Panel
        title="Audit log"
        meta="Every command that changes something, and every sign-in"
        actions={
          // A plain link: the browser downloads it while the page stays.
          <a href={filterHref('/api/audit', filter)} download className={buttonClasses('secondary', 'small')}>
            <Download aria-hidden />
            Export
          </a>
        }
      >
        {waitingOutcomes() > 0 ? (
          <Notice tone="warning" title="The newest outcomes are missing">
            The server’s disk was full: {formatCount(waitingOutcomes(), 'outcome waits', 'outcomes wait')} in
            memory and will be stored when there is room.
          </Notice>
        ) : null}
        <AuditFilters filter={filter} commands={commands()} />
        {entries.length ? (
          <AuditTable entries={entries} />
        ) : (
          <EmptyState
            title="No entry matches"
            actions={<LinkButton href={page}>Show all entries</LinkButton>}
          >
            Change the filter.
          </EmptyState>
        )}
        <Pagination
          newerHref={before ? filterHref(page, filter) : null}
          newerLabel="Newest"
          olderHref={more ? filterHref(page, { ...filter, before: entries.at(-1)!.seq }) : null}
        />
      </Panel>
      <Panel title="Chain of hashes" meta="A row that was changed, removed or inserted afterwards breaks it">
        <div className="flex flex-col gap-3">
          <VerifyChain />
          <p className="max-w-200 text-muted">
            Keep the row and hash elsewhere, and give them to{' '}
            <code className="font-mono break-all">node bin/audit.js verify DATABASE ROW HASH</code> later:
            only that shows a chain that was replaced or shortened as a whole.
          </p>
        </div>
      </Panel>
    </div>
  );
}
