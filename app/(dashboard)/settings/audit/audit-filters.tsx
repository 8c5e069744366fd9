import Form from 'next/form';
import { Button } from '@/app/_components/ui/button';
import { FilterSelect } from '@/app/_components/ui/filter-select';
import { Input } from '@/app/_components/ui/input';
import { SearchField } from '@/app/_components/ui/search-field';
import { Toolbar } from '@/app/_components/ui/toolbar';
import { auditOutcomeLabels } from '@/lib/audit/log/choices';
import type { AuditFilter } from '@/lib/audit/log/schema';
import { auditOutcomes } from '@/lib/audit/schema';

function Day({ name, label, value }: { name: 'from' | 'to'; label: string; value?: string }) {
  return (
    <label className="flex items-center gap-2 text-muted max-sm:w-full">
      {label}
      <Input key={value} type="date" name={name} defaultValue={value} className="w-auto max-sm:flex-1" />
    </label>
  );
}

/** A plain GET form: the filter is in the address and works without script. */
export function AuditFilters({ filter, commands }: { filter: AuditFilter; commands: readonly string[] }) {
  return (
    <Form action="/settings/audit">
      <Toolbar>
        <SearchField label="User" name="user" defaultValue={filter.user ?? ''} className="w-full sm:w-40" />
        <FilterSelect
          name="command"
          label="Command"
          value={filter.command ?? ''}
          choices={[['', 'Any command'], ...commands.map((name) => [name, name] as const)]}
          className="w-full sm:w-40"
        />
        <FilterSelect
          name="outcome"
          label="Outcome"
          value={filter.outcome ?? ''}
          choices={[
            ['', 'Any outcome'],
            ...auditOutcomes.map((outcome) => [outcome, auditOutcomeLabels[outcome]] as const),
          ]}
          className="w-full sm:w-36"
        />
        <Day name="from" label="From (UTC)" value={filter.from} />
        <Day name="to" label="To (UTC)" value={filter.to} />
        <Button type="submit">Filter</Button>
      </Toolbar>
    </Form>
  );
}
